package dev.anton.planner.template;

import dev.anton.planner.template.GeneratedProject.Mistake;
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

  /** With {@code -Danton.test.node=required}, a machine without it fails. */
  static boolean hasNode() {
    return System.getProperty("anton.test.node", "").equals("required")
        || GeneratedProject.isInstalled("node");
  }

  static Stream<String> prompts() {
    return Prompts.of("Node.js");
  }

  /** Where nobody reads along, Node.js prints # before its sums up to version 22, then ℹ. */
  @ParameterizedTest
  @MethodSource("prompts")
  void theGeneratedTestsPass(String prompt, @TempDir Path folder) throws Exception {
    GeneratedProject.assertPassesItsTests(
        prompt, "json", folder, "(#|ℹ) pass [1-9][0-9]+", "(#|ℹ) fail 0");
  }

  @ParameterizedTest
  @CsvSource({
    "REST API, src/models/note.js, required: true, required: false",
    "command-line tool, src/commands.js, There is no, There was a",
    "library, src/entities/note.js, required: true, required: false",
    "static web site, src/html.js, ${escape(text)}, ${text}",
    "data pipeline, src/transform.js, .trim(), ''",
  })
  void aMistakeIsFound(String kind, String file, String part, String instead, @TempDir Path folder)
      throws Exception {
    GeneratedProject.assertNotices(
        "Build a %s in Node.js for notes".formatted(kind),
        folder,
        new Mistake(file, part, instead));
  }
}
