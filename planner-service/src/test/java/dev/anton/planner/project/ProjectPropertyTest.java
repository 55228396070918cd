package dev.anton.planner.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import dev.anton.planner.brief.Stack;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

/** Whatever text comes in, folders stay in the workspace and text stays text. */
class ProjectPropertyTest {

  private static final List<String> PIECES =
      List.of(
          "a",
          "Z9",
          "-",
          "_",
          "..",
          "/",
          "\\",
          "\0",
          ".git",
          "con",
          "NUL",
          "lpt1",
          "~",
          " ",
          "\n",
          "\r",
          "\u2028",
          "\u202e",
          "\u200b",
          "日本",
          "é",
          "e\u0301",
          "ß",
          "İ",
          "Ａ",
          "\uD83D\uDE80",
          "\uD800",
          "\"",
          "`",
          "```",
          "#",
          "#quot;",
          "%%{init:{}}%%",
          "end",
          "|",
          "<b>",
          "&lt;",
          "]",
          "[",
          "-->",
          "x".repeat(60),
          "&",
          "*",
          "\t");

  private static final Gen<String> TEXTS =
      SourceDSL.lists()
          .of(SourceDSL.integers().between(0, PIECES.size() - 1))
          .ofSizeBetween(0, 12)
          .map(picks -> String.join("", picks.stream().map(PIECES::get).toList()));

  private static final String LABEL =
      "(?:[^\"`#<>{}\\[\\]|%&\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]|#\\d+;)+";

  private static QuickTheory theory() {
    return QuickTheory.qt().withFixedSeed(20_261_126).withExamples(20_000).withShrinkCycles(2_000);
  }

  @Test
  void anySubjectBecomesAFolderRightBelowTheTenants() {
    Path home = Path.of("/workspace/default");
    theory()
        .forAll(TEXTS)
        .checkAssert(
            subject -> {
              ProjectName name = ProjectName.of(brief(subject));

              assertThat(name.value()).matches(ProjectName.PATTERN);
              assertThat(home.resolve(name.value()).normalize()).hasParentRaw(home);
              assertThat(name.numbered(7).value()).matches(ProjectName.PATTERN).endsWith("-7");
            });
  }

  @Test
  void aNameThatIsAcceptedIsSafe() {
    Path home = Path.of("/workspace/default");
    theory()
        .forAll(TEXTS)
        .checkAssert(
            text -> {
              ProjectName name;
              try {
                name = new ProjectName(text);
              } catch (IllegalArgumentException e) {
                return;
              }
              assertThat(home.resolve(name.value()).normalize()).hasParentRaw(home);
              assertThat(name.key()).matches("[a-z0-9][a-z0-9_-]*").doesNotMatch("con|nul|lpt1");
            });
  }

  @Test
  void anyLabelRendersAsOneNode() {
    theory()
        .forAll(TEXTS, TEXTS)
        .checkAssert(
            (one, two) -> {
              String graph = MermaidGraph.of(plan(one, two));

              List<String> lines = graph.lines().toList();
              assertThat(graph.split("\n", -1)).as("no other line ends").hasSize(5);
              assertThat(lines).hasSize(4);
              assertThat(lines.get(0)).isEqualTo("flowchart TD");
              assertThat(lines.get(1)).matches("  n0\\[\"" + LABEL + "\"]");
              assertThat(lines.get(2)).matches("  n1\\[\"" + LABEL + "\"]");
              assertThat(lines.get(3)).isEqualTo("  n0 --> n1");
            });
  }

  @Test
  void anyTextStaysInItsCell() {
    theory()
        .forAll(TEXTS, TEXTS)
        .checkAssert(
            (one, two) -> {
              List<String> lines = PlanReadme.ofPlan(plan(one, two)).lines().toList();

              assertThat(lines.getFirst()).isEqualTo("# Plan of p");
              assertThat(lines).filteredOn("```"::equals).hasSize(1);
              assertThat(lines).filteredOn("```mermaid"::equals).hasSize(1);
              assertThat(lines.subList(lines.size() - 4, lines.size()))
                  .allSatisfy(row -> assertThat(row.split("(?<!\\\\)\\|", -1)).as(row).hasSize(6));
              assertThat(lines.getLast()).doesNotContain("<b>");
            });
  }

  private static Plan plan(String one, String two) {
    return new Plan("p", one, List.of(node("a", one, List.of()), node("b", two, List.of("a"))));
  }

  private static Node node(String id, String text, List<String> dependencies) {
    return new Node(
        id,
        text,
        text,
        text,
        "noop",
        new ArrayList<>(dependencies),
        WireJson.mapper().createObjectNode(),
        List.of(),
        null,
        null);
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
