package dev.anton.planner.template;

import dev.anton.planner.template.GeneratedProject.Mistake;
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
    GeneratedProject.assertPassesItsTests(
        prompt, "json", folder, "(?m)^OK", "Ran [1-9][0-9]+ tests");
  }

  @ParameterizedTest
  @CsvSource({
    "REST API, app/models.py, required=True, required=False",
    "command-line tool, app/models.py, required=True, required=False",
    "library, demo_project/entities/note.py, ', required=True', ''",
    "static web site, app/html.py, escape(text), (text)",
    "data pipeline, app/validate.py, field.parse(text, (text",
  })
  void aMistakeIsFound(String kind, String file, String part, String instead, @TempDir Path folder)
      throws Exception {
    GeneratedProject.assertNotices(
        "Build a %s in Python for notes".formatted(kind), folder, new Mistake(file, part, instead));
  }
}
