package dev.anton.planner.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading;
import dev.anton.planner.brief.Reading.Understood;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that nobody would write. */
class AnyPromptTest {

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** Whatever comes: an answer, the same twice, and names that are safe in code and addresses. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anyTextIsReadWithoutHarm(int seed) {
    String prompt = randomPrompt(new Random(seed));

    Reading reading = PromptReader.read(prompt);

    assertThat(PromptReader.read(prompt)).isEqualTo(reading);
    if (reading instanceof Understood(ProjectBrief brief)) {
      assertThat(brief.entities())
          .isNotEmpty()
          .allSatisfy(
              entity -> {
                assertThat(entity.name()).matches("[A-Z][A-Za-z0-9]*");
                assertThat(entity.plural()).matches("[a-z][a-z0-9-]*");
                assertThat(entity.fields())
                    .isNotEmpty()
                    .extracting(Field::name)
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
              });
      assertThat(brief.entities()).extracting(Entity::plural).doesNotHaveDuplicates();
    }
  }

  private static String randomPrompt(Random random) {
    String[] pieces = {
      "build",
      "a",
      "REST API",
      "for",
      "with",
      "books",
      "and",
      "members",
      ",",
      ".",
      "(",
      ")",
      ":",
      "title",
      "in Python",
      "each",
      "has",
      "list",
      "todo",
      "ünïcödé",
      "../../etc",
      "'; DROP TABLE",
      "{{x}}",
      "\"quoted\"",
      "\\",
      "🙂",
      "no",
      "tests",
      "that",
      "which",
      "library",
      "app",
      "12",
      "users",
      "can",
      "class",
      "def",
      "日本",
      "\n",
      "-",
      "_",
      "of",
      "have",
      "x".repeat(90),
      "import",
      "id",
      "self",
      "select",
      "status",
      "addresses",
      "fields"
    };
    StringBuilder prompt = new StringBuilder("Build a REST API for");
    for (int i = random.nextInt(25); i >= 0; i--) {
      prompt
          .append(random.nextInt(8) == 0 ? "" : " ")
          .append(pieces[random.nextInt(pieces.length)]);
    }
    return prompt.toString();
  }
}
