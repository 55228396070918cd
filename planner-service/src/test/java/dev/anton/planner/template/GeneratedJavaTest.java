package dev.anton.planner.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.template.GeneratedProject.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planned for Java really passes its own tests; each takes Maven some seconds. */
class GeneratedJavaTest {

  /** What has everything and what has hard names, of each kind; the rest of one kind only. */
  static Stream<String> prompts() {
    return Prompts.of("Java")
        .filter(
            prompt ->
                prompt.contains("borrow")
                    || prompt.contains("constructor")
                    || prompt.contains("REST API"));
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theGeneratedTestsPass(String prompt, @TempDir Path folder) throws Exception {
    GeneratedProject project =
        GeneratedProject.write(GeneratedProject.plan(prompt, "class"), folder);

    Run run = project.verify();

    assertThat(run.exitCode()).as(run.output()).isZero();
    if (!prompt.contains("without tests")) {
      assertThat(run.output()).containsPattern("Tests run: [1-9][0-9]+, Failures: 0, Errors: 0");
    }
  }

  @Test
  void aMistakeIsFound(@TempDir Path folder) throws Exception {
    GeneratedProject project =
        GeneratedProject.write(
            GeneratedProject.plan("Build a data pipeline in Java for notes"), folder);
    Path file = folder.resolve("src/main/java/com/example/demoproject/Transform.java");
    String code = Files.readString(file);
    assertThat(code).contains(".strip()");
    Files.writeString(file, code.replace(".strip()", ""));

    assertThat(project.verify().exitCode()).isNotZero();
  }
}
