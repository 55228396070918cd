package dev.anton.planner.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.review.PlanReviewer;
import dev.anton.planner.review.Verdict;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanGraph;
import dev.anton.schemas.plan.PlanValidation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PlanShapeTest {

  private static final String TODO = "Build a REST API for a todo list in Python";

  @Test
  void theDefaultPromptBecomesTenNodesThatPartlyRunSideBySide() {
    Plan plan = GeneratedProject.plan(TODO);

    assertThat(plan.nodes())
        .extracting(node -> node.id() + " < " + String.join(",", node.dependencies()))
        .containsExactly(
            "scaffold < ",
            "models < scaffold",
            "storage < scaffold",
            "server < models,storage",
            "model-tests < models",
            "storage-tests < models,storage",
            "api-tests < server",
            "readme < server",
            "run-tests < model-tests,storage-tests,api-tests",
            "commit < readme,run-tests");
    assertThat(plan.nodes()).extracting(Node::runner).containsOnly("template", "command", "git");
  }

  @Test
  void theInputsAreWhatTheRunnersRead() {
    Plan plan = GeneratedProject.plan(TODO);

    assertThat(node(plan, "run-tests").inputs().toString())
        .isEqualTo(
            "{\"command\":[\"python3\",\"-m\",\"unittest\",\"discover\",\"-s\",\"tests\",\"-v\"]}");
    assertThat(node(plan, "commit").inputs().toString())
        .isEqualTo("{\"message\":\"Add the Todo list REST API\"}");
    JsonNode file = node(plan, "models").inputs().get("files").get(0);
    assertThat(file.propertyNames()).containsExactly("path", "content");
    assertThat(file.get("path").stringValue()).isEqualTo("app/models.py");
    assertThat(file.get("content").stringValue())
        .contains("Field(\"title\", \"text\", required=True)");
  }

  @ParameterizedTest
  @MethodSource("dev.anton.planner.template.Prompts#everything")
  void everyPlanCanRunAndHasNothingSuperfluous(String prompt) {
    Plan plan = GeneratedProject.plan(prompt);

    assertThat(GeneratedProject.plan(prompt)).isEqualTo(plan);
    assertThat(PlanValidation.findings(plan)).isEmpty();
    assertThat(PlanGraph.of(plan).transitiveEdges()).isEmpty();
    assertThat(PlanReviewer.review(plan))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class, accepted -> assertThat(accepted.mended()).isEmpty());
    assertThat(plan.nodes().getLast().id()).isEqualTo("commit");
    assertThat(plan.nodes()).anyMatch(node -> node.type().equals("verify"));
    assertThat(plan.nodes())
        .filteredOn(node -> node.type().equals("code"))
        .allSatisfy(node -> assertThat(node.acceptance()).isNotEmpty());
    // What the executor takes in one record.
    assertThat(WireJson.write(plan).length).isLessThan(240 * 1024);
  }

  @Test
  void onlyWhatClashesIsCalledOtherwiseInTheCode() {
    Plan plan = GeneratedProject.plan("Build a library in Python for packages");

    assertThat(paths(plan))
        .contains(
            "tests/test_package.py",
            "tests/test_package_entity.py",
            "demo_project/entities/package.py");
    assertThat(node(plan, "readme").inputs().toString())
        .contains("catalog.packages", "import Catalog, Package");
  }

  private static List<String> paths(Plan plan) {
    return plan.nodes().stream()
        .flatMap(node -> node.inputs().path("files").valueStream())
        .map(file -> file.get("path").stringValue())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.anton.planner.template.Prompts#kindsAndStacks")
  void whatDoesNotApplyToAKindIsSaidAndLeftOut(String kind, String stack) {
    Plan plan =
        GeneratedProject.plan(
            "Build a %s in %s for notes with storage, authentication, Docker and CI"
                .formatted(kind, stack));

    boolean api = kind.equals("REST API");
    String readme = node(plan, "readme").inputs().toString();
    assertThat(readme.contains("Authentication does not apply")).isEqualTo(!api);
    assertThat(readme.contains("Storage does not apply")).isEqualTo(kind.equals("static web site"));
    assertThat(readme.contains("A container file does not apply"))
        .isEqualTo(kind.equals("library"));
    assertThat(plan.nodes())
        .extracting(Node::id)
        .contains("ci")
        .matches(ids -> ids.contains("container") != kind.equals("library"))
        .matches(ids -> ids.contains("authentication") == api);
  }

  @ParameterizedTest
  @MethodSource("dev.anton.planner.template.Prompts#kindsAndStacks")
  void theLargestProjectFitsIntoOneRecord(String kind, String stack) {
    StringBuilder prompt =
        new StringBuilder("Build a %s in %s with storage".formatted(kind, stack));
    for (String thing :
        new String[] {"alpha", "bravo", "delta", "gamma", "kappa", "omega", "sigma", "theta"}) {
      prompt.append(", ").append(thing).append("s (name");
      for (int field = 1; field < 12; field++) {
        prompt.append(", quality ").append((char) ('a' + field)).append(": integer");
      }
      prompt.append(')');
    }
    Plan plan = GeneratedProject.plan(prompt.toString());

    assertThat(plan.nodes().toString()).contains("theta", "quality_l");
    assertThat(WireJson.write(plan).length).isLessThan(240 * 1024);
  }

  private static Node node(Plan plan, String id) {
    return plan.nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }
}
