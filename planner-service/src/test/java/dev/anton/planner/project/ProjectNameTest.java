package dev.anton.planner.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import dev.anton.planner.brief.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {

  @ParameterizedTest
  @CsvSource({
    "todo list, todo-list-api",
    "Crème brûlée, creme-brulee-api",
    "../../etc/passwd, etc-passwd-api",
    "日本, api",
    "---, api",
    "a.b c_d, a-b-c-d-api"
  })
  void aNameIsMadeOfTheSubjectAndTheKind(String subject, String name) {
    assertThat(ProjectName.of(brief(subject)).value()).isEqualTo(name);
  }

  @Test
  void aLongNameIsCutAndStillNumbered() {
    ProjectName name = ProjectName.of(brief("x".repeat(200)));

    assertThat(name.value()).hasSize(ProjectName.MAX_LENGTH).endsWith("x-api");
    assertThat(name.numbered(12).value()).hasSize(ProjectName.MAX_LENGTH).endsWith("-12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", ".git", "a/b", "a\\b", "a b", "-a", "_a", "a\n", "ä", "a.b", "con", "NUL",
        "Aux", "com1", "LPT9"
      })
  void whatCouldLeadOutOfTheWorkspaceIsNoName(String value) {
    assertThatThrownBy(() -> new ProjectName(value)).isInstanceOf(IllegalArgumentException.class);
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anySubjectBecomesOneFolderBelowTheWorkspace(int seed) {
    Random random = new Random(seed);
    StringBuilder subject = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      subject.appendCodePoint(
          random.nextBoolean() ? "/\\.-~ \n\0:".charAt(random.nextInt(9)) : random.nextInt(0xD800));
    }

    ProjectName name = ProjectName.of(brief(subject.toString()));

    assertThat(name.value()).matches("[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?");
    Path workspace = Path.of("/workspace/default");
    assertThat(workspace.resolve(name.value()).normalize().getParent()).isEqualTo(workspace);
  }

  private static ProjectBrief brief(String subject) {
    return new ProjectBrief(
        subject,
        ProjectKind.REST_API,
        new Stack(Language.PYTHON, List.of()),
        List.<Entity>of(),
        Set.of(),
        List.of());
  }
}
