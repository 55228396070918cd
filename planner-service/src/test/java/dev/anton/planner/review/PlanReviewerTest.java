package dev.anton.planner.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.review.Verdict.Accepted;
import dev.anton.planner.review.Verdict.Rejected;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReviewerTest {

  @Test
  void superfluousDependenciesAreMendedAndReported() {
    Verdict verdict =
        PlanReviewer.review(
            plan(node("a"), node("b", "a", "a"), node("c", "b", "a"), node("d", "c", "b")));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.plan().nodes())
                  .extracting(Node::dependencies)
                  .containsExactly(List.of(), List.of("a"), List.of("b"), List.of("c"));
              assertThat(accepted.mended())
                  .extracting(finding -> finding.code() + " " + finding.pointer())
                  .containsExactly(
                      "duplicate-dependency /nodes/1/dependencies/1",
                      "transitive-dependency /nodes/2/dependencies/1",
                      "transitive-dependency /nodes/3/dependencies/1");
              assertThat(accepted.criticalPath()).containsExactly("a", "b", "c", "d");
              assertThat(accepted.summary())
                  .startsWith("Reviewed the plan: 4 nodes in 4 rounds at best; mended: ")
                  .contains("Node c waits for a anyway");
            });
  }

  @Test
  void whatCannotBeMendedIsRejectedWithEveryReason() {
    Verdict verdict = PlanReviewer.review(plan(node("a", "b"), node("b", "a"), node("c", "ghost")));

    assertThat(verdict).isInstanceOf(Rejected.class);
    assertThat(((Rejected) verdict).findings())
        .extracting(Finding::code)
        .containsExactly("dangling-dependency", "cycle");
    assertThat(verdict.summary()).startsWith("The plan cannot run: ").contains("a → b → a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a\\b",
        ".git/config",
        ".GIT/x",
        ".anton/session",
        "a\u0000",
        "~/x",
        "a/.git/hooks/pre-commit",
        "a/.git./x",
        "GIT~1/x",
        ".g\u200cit/config",
        "\uFF0Egit/config",
        "con",
        "a/NUL.txt",
        "a:stream",
        "a ",
        "a/b.",
        "a\u202Egnp.exe"
      })
  void aFileOutsideTheProjectIsRefused(String path) {
    assertThat(PlanReviewer.review(plan(writing("a", path))))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.findings()).extracting(Finding::code).contains("unsafe-path"));
  }

  @Test
  void twoNodesThatWriteOneFileClash() {
    assertThat(PlanReviewer.review(plan(writing("a", "app/x.py"), writing("b", "app/X.py"))))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.findings())
                    .extracting(Finding::detail)
                    .containsExactly("Nodes a and b both write app/X.py"));
  }

  @Test
  void aFileCannotBeAFolderToo() {
    assertThat(codes(PlanReviewer.review(plan(writing("a", "app"), writing("b", "App/x.py")))))
        .containsExactly("output-clash");
    assertThat(codes(PlanReviewer.review(plan(writing("a", "app/x/y"), writing("b", "app/x")))))
        .containsExactly("output-clash");
  }

  @Test
  void namesThatOnlyLookDifferentClash() {
    assertThat(codes(PlanReviewer.review(plan(writing("a", "\u00e9"), writing("b", "e\u0301")))))
        .containsExactly("output-clash");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "shell    | {}                                                        | unknown-runner",
        "template | {}                                                        | invalid-inputs",
        "template | {\"files\":[{\"path\":\"a\"}]}                            | invalid-inputs",
        "template | {\"files\":[{\"path\":7,\"content\":\"\"}]}                | invalid-inputs",
        "command  | {\"command\":\"rm -rf /\"}                               | invalid-inputs",
        "command  | {\"command\":[\"sh\",\"-c\",\"x\"]}                       |"
            + " command-not-allowed",
        "command  | {\"command\":[\"/bin/python3\"]}                         | command-not-allowed",
        "command  | {\"command\":[\"make\"],\"workingDirectory\":\"..\"}       | unsafe-path",
        "command  | {\"command\":[\"make\"],\"env\":{\"PATH\":\"/tmp\"}}       | invalid-inputs",
        "command  | {\"command\":[\"make\",\"-C\",\"/etc\"]}                  | unsafe-path",
        "command  | {\"command\":[\"make\",\"--file=../x\"]}                 | unsafe-path",
        "llm      | {\"files\":[\"../x.py\"]}                               | unsafe-path",
        "llm      | {\"files\":[\"a.py\",\"A.py\"]}                          | output-clash",
        "noop     | []                                                        | invalid-inputs"
      })
  void whatTheRunnerWouldRefuseIsRefusedHere(String runner, String inputs, String code) {
    Node node = nodeWith("a", inputs);
    Node asked =
        new Node("a", "code", "a", "", runner, List.of(), node.inputs(), List.of(), null, null);

    assertThat(codes(PlanReviewer.review(plan(asked)))).containsExactly(code);
  }

  @Test
  void timesAndAttemptsHaveBounds() {
    Node node = nodeWith("a", "{}");
    Node asked =
        new Node(
            "a",
            "code",
            "a",
            "",
            "noop",
            List.of(),
            node.inputs(),
            List.of(),
            new Plan.Retry(21, "soon"),
            "25h");

    assertThat(codes(PlanReviewer.review(plan(asked))))
        .containsExactly("invalid-duration", "invalid-retry", "invalid-duration");
  }

  @Test
  void everyCodeIsExplained() throws IOException {
    String sources =
        Files.readString(Path.of("src/main/java/dev/anton/planner/review/OutputReview.java"))
            + Files.readString(Path.of("src/main/java/dev/anton/planner/review/RunnerReview.java"))
            + Files.readString(Path.of("src/main/java/dev/anton/planner/review/PlanReviewer.java"));
    List<String> codes = new ArrayList<>();
    Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\",")
        .matcher(sources)
        .results()
        .forEach(found -> codes.add(found.group(1)));
    for (PlanFinding.Kind kind : PlanFinding.Kind.values()) {
      codes.add(kind.code());
    }

    assertThat(codes).hasSizeGreaterThan(12);
    assertThat(Files.readString(Path.of("../docs/review.md")))
        .contains(codes.stream().map(code -> "| `" + code + "` |").toList());
  }

  private static List<String> codes(Verdict verdict) {
    return ((Rejected) verdict).findings().stream().map(Finding::code).toList();
  }

  @Test
  void aPlanThatIsTooLargeToBeHandedOnIsRefused() {
    Node huge =
        new Node(
            "a",
            "code",
            "l",
            "x".repeat(PlanReviewer.MAX_PLAN_BYTES),
            "noop",
            List.of(),
            WireJson.mapper().createObjectNode(),
            List.of(),
            null,
            null);

    assertThat(PlanReviewer.review(plan(huge)))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.findings())
                    .extracting(Finding::code)
                    .containsExactly("plan-too-large"));
  }

  private static Plan plan(Node... nodes) {
    return new Plan("p", "d", List.of(nodes));
  }

  private static Node node(String id, String... dependencies) {
    return nodeWith(id, "{}", dependencies);
  }

  private static Node writing(String id, String path) {
    return nodeWith(
        id,
        WireJson.mapper()
            .writeValueAsString(Map.of("files", List.of(Map.of("path", path, "content", "x")))));
  }

  private static Node nodeWith(String id, String inputs, String... dependencies) {
    return new Node(
        id,
        "code",
        id,
        "",
        "noop",
        List.of(dependencies),
        WireJson.mapper().readTree(inputs),
        List.of(),
        null,
        null);
  }
}
