package dev.anton.planner.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.template.GeneratedProject.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planned for Python really passes its own tests. */
class GeneratedPythonTest {

  static Stream<String> prompts() {
    return Prompts.of("Python");
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theGeneratedTestsPass(String prompt, @TempDir Path folder) throws Exception {
    GeneratedProject project =
        GeneratedProject.write(GeneratedProject.plan(prompt, "json"), folder);

    Run run = project.verify();

    assertThat(run.exitCode()).as(run.output()).isZero();
    if (!prompt.contains("without tests")) {
      assertThat(run.output()).contains("OK").containsPattern("Ran [1-9][0-9]+ tests");
    }
  }

  /** A mistake in the code must not pass unseen. */
  @ParameterizedTest
  @CsvSource({
    "REST API, app/models.py, required=True)",
    "command-line tool, app/models.py, required=True)",
    "library, demo_project/entities/note.py, ', required=True'",
    "static web site, app/html.py, escape(text)",
    "data pipeline, app/validate.py, field.parse(text",
  })
  void aMistakeIsFound(String kind, String file, String part, @TempDir Path folder)
      throws Exception {
    GeneratedProject project =
        GeneratedProject.write(
            GeneratedProject.plan("Build a %s in Python for notes".formatted(kind)), folder);
    Path path = folder.resolve(file);
    String code = Files.readString(path);
    assertThat(code).contains(part);
    Files.writeString(
        path,
        code.replace(
            part,
            switch (kind) {
              case "static web site" -> "(text)";
              case "data pipeline" -> "(text";
              case "library" -> "";
              default -> "required=False)";
            }));

    assertThat(project.verify().exitCode()).isNotZero();
  }
}
