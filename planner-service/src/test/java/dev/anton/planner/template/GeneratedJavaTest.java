package dev.anton.planner.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.template.GeneratedProject.Mistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planned for Java really passes its own tests; each takes Maven some seconds. */
class GeneratedJavaTest {

  /** What has everything, of each kind; the rest of the kinds whose code differs most. */
  static Stream<String> prompts() {
    return Prompts.of("Java").filter(GeneratedJavaTest::isRunByMaven);
  }

  static Stream<String> others() {
    return Prompts.of("Java").filter(prompt -> !isRunByMaven(prompt));
  }

  private static boolean isRunByMaven(String prompt) {
    return prompt.contains("borrow")
        || prompt.contains("REST API")
        || (prompt.contains("library")
            && (prompt.contains("constructor") || prompt.contains("validations")));
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theGeneratedTestsPass(String prompt, @TempDir Path folder) throws Exception {
    GeneratedProject.assertPassesItsTests(
        prompt, "class", folder, "Tests run: [1-9][0-9]+, Failures: 0, Errors: 0");
  }

  @ParameterizedTest
  @MethodSource("others")
  void theRestCompiles(String prompt, @TempDir Path folder) throws Exception {
    GeneratedProject.write(GeneratedProject.plan(prompt, "class"), folder);
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", "" + folder));
    try (Stream<Path> files = Files.walk(folder.resolve("src/main/java"))) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }

    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }

  @Test
  void aMistakeIsFound(@TempDir Path folder) throws Exception {
    GeneratedProject.assertNotices(
        "Build a data pipeline in Java for notes",
        folder,
        new Mistake("src/main/java/com/example/demoproject/Transform.java", ".strip()", ""));
  }
}
