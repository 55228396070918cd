package dev.anton.planner.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.template.GeneratedProject.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planned for Node.js really passes its own tests. */
@EnabledIf(value = "hasNode", disabledReason = "There is no Node.js here")
class GeneratedNodeTest {

  static boolean hasNode() {
    return GeneratedProject.isInstalled("node");
  }

  static Stream<String> prompts() {
    return Prompts.of("Node.js");
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theGeneratedTestsPass(String prompt, @TempDir Path folder) throws Exception {
    GeneratedProject project =
        GeneratedProject.write(GeneratedProject.plan(prompt, "json"), folder);

    Run run = project.verify();

    assertThat(run.exitCode()).as(run.output()).isZero();
    if (!prompt.contains("without tests")) {
      assertThat(run.output()).containsPattern("# pass [1-9][0-9]+").contains("# fail 0");
    }
  }

  /** A mistake in the code must not pass unseen. */
  @ParameterizedTest
  @CsvSource({
    "REST API, src/models/note.js, required: true, required: false",
    "command-line tool, src/commands.js, There is no, There was a",
    "library, src/entities/note.js, required: true, required: false",
    "static web site, src/html.js, ${escape(text)}, ${text}",
    "data pipeline, src/transform.js, .trim(), ''",
  })
  void aMistakeIsFound(String kind, String file, String part, String other, @TempDir Path folder)
      throws Exception {
    GeneratedProject project =
        GeneratedProject.write(
            GeneratedProject.plan("Build a %s in Node.js for notes".formatted(kind)), folder);
    Path path = folder.resolve(file);
    String code = Files.readString(path);
    assertThat(code).contains(part);
    Files.writeString(path, code.replace(part, other));

    assertThat(project.verify().exitCode()).isNotZero();
  }
}
