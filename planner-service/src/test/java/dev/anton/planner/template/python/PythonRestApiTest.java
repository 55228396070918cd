package dev.anton.planner.template.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading.Understood;
import dev.anton.planner.prompt.PromptReader;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.PlanGraph;
import dev.anton.schemas.plan.PlanValidation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PythonRestApiTest {

  private static final String TODO = "Build a REST API for a todo list in Python";

  private final PythonRestApi template = new PythonRestApi();

  @Test
  void theDefaultPromptBecomesTenNodesThatPartlyRunSideBySide() {
    Plan plan = plan(TODO);

    assertThat(plan.nodes())
        .extracting(node -> node.id() + " < " + String.join(",", node.dependencies()))
        .containsExactly(
            "scaffold < ",
            "models < scaffold",
            "storage < scaffold",
            "server < models,storage",
            "model-tests < models",
            "storage-tests < storage",
            "api-tests < server",
            "run-tests < model-tests,storage-tests,api-tests",
            "readme < server",
            "commit < run-tests,readme");
    assertThat(plan.nodes()).extracting(Node::runner).containsOnly("template", "command", "git");
  }

  @Test
  void theInputsAreWhatTheRunnersRead() {
    Plan plan = plan(TODO);

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

  @Test
  void thePlanIsTheSameEveryTime() {
    assertThat(plan(TODO)).isEqualTo(plan(TODO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TODO,
        "A REST API for a library with books and members, without tests",
        "A todo API in Python without docs",
        "A notes API with SQLite storage, API keys, Docker and CI"
      })
  void everyVariantIsAPlanThatCanRunAndHasNothingSuperfluous(String prompt) {
    Plan plan = plan(prompt);

    assertThat(PlanValidation.findings(plan)).isEmpty();
    assertThat(PlanGraph.of(plan).transitiveEdges()).isEmpty();
    assertThat(plan.nodes().getLast().id()).isEqualTo("commit");
  }

  @Test
  void withoutTestsTheSyntaxIsStillChecked() {
    assertThat(plan("A todo API in Python without tests").nodes())
        .extracting(Node::id)
        .contains("check")
        .doesNotContain("run-tests", "model-tests", "storage-tests", "api-tests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TODO,
        "Build a REST API for a library with books and members in Python",
        "A REST API for products and orders with SQLite storage and API keys in Python",
        "An API for cats (name, age: integer, weight: decimal, born: date, vaccinated: boolean)"
            + " with a database",
        "REST API for classes with self, import, select, order and from, in Python",
        "An API for quotas (limit: integer)",
        "A REST API for switches (on: boolean) with Docker and CI"
      })
  void theGeneratedTestsPass(String prompt, @TempDir Path folder) throws Exception {
    Plan plan = plan(prompt);
    write(plan, folder);

    Run run = run(folder, command(node(plan, "run-tests")));

    assertThat(run.output()).contains("OK").containsPattern("Ran [1-9][0-9]+ tests");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void withoutTestsTheGeneratedModulesCompile(@TempDir Path folder) throws Exception {
    Plan plan = plan("A notes API in Python with storage and login but without tests");
    write(plan, folder);

    assertThat(run(folder, command(node(plan, "check")))).isEqualTo(new Run(0, ""));
  }

  @Test
  void aTestOfTheGeneratedProjectCanFail(@TempDir Path folder) throws Exception {
    Plan plan = plan(TODO);
    write(plan, folder);
    Path models = folder.resolve("app/models.py");
    Files.writeString(
        models, Files.readString(models).replace("required=True)", "required=False)"));

    assertThat(run(folder, command(node(plan, "run-tests"))).exitCode()).isNotZero();
  }

  private Plan plan(String prompt) {
    ProjectBrief brief = ((Understood) PromptReader.read(prompt)).brief();
    assertThat(template.fits(brief)).isTrue();
    return new Plan("demo-api", "d", template.nodes(brief, "demo-api"));
  }

  private static Node node(Plan plan, String id) {
    return plan.nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  private static void write(Plan plan, Path folder) throws IOException {
    for (Node node : plan.nodes()) {
      for (JsonNode file : node.inputs().path("files")) {
        Path path = folder.resolve(file.get("path").stringValue());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.get("content").stringValue());
      }
    }
  }

  private static List<String> command(Node node) {
    return Stream.of(node.inputs().get("command"))
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::stringValue)
        .toList();
  }

  private record Run(int exitCode, String output) {}

  private static Run run(Path folder, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }
}
