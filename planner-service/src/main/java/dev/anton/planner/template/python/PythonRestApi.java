package dev.anton.planner.template.python;

import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import dev.anton.planner.template.FileContent;
import dev.anton.planner.template.NodeDraft;
import dev.anton.planner.template.ProjectTemplate;
import dev.anton.planner.template.Rendering;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A REST API on Python's own HTTP server, with validation, tests and documentation. */
@Component
public final class PythonRestApi implements ProjectTemplate {

  private final Rendering rendering = new Rendering(PythonRestApi.class, "rest-api/");

  @Override
  public String offer() {
    return "a REST API in Python (standard library, SQLite or in memory)";
  }

  @Override
  public boolean fits(ProjectBrief brief) {
    return brief.kind() == ProjectKind.REST_API
        && brief.stack().language() == Language.PYTHON
        && brief.stack().technologies().isEmpty();
  }

  @Override
  public List<Plan.Node> nodes(ProjectBrief brief, String projectName) {
    Files files = new Files(rendering, PythonView.of(brief, projectName));
    List<Plan.Node> nodes = new ArrayList<>();
    nodes.add(scaffold(files));
    nodes.addAll(application(brief, files));
    List<String> last = new ArrayList<>();
    if (brief.has(Feature.TESTS)) {
      nodes.addAll(tests(files));
      last.add("run-tests");
    } else {
      nodes.add(check());
      last.add("check");
    }
    nodes.addAll(documents(brief, files, last));
    nodes.add(
        NodeDraft.of("commit", "commit", "Commit", "Commit what was generated.")
            .after(last)
            .holds("The repository's working tree is clean.")
            .commits("Add the " + PythonView.title(brief)));
    return nodes;
  }

  private static Plan.Node scaffold(Files files) {
    return NodeDraft.of(
            "scaffold",
            "scaffold",
            "Project skeleton",
            "Create the package and the project's build description.")
        .holds("The folder app is a Python package.")
        .writes(List.of(files.file("pyproject.toml"), files.file("app/__init__.py", "init.py")));
  }

  private static List<Plan.Node> application(ProjectBrief brief, Files files) {
    boolean sqlite = brief.has(Feature.STORAGE);
    List<Plan.Node> nodes = new ArrayList<>();
    List<String> parts = new ArrayList<>(List.of("models", "storage"));
    nodes.add(
        NodeDraft.of(
                "models",
                "code",
                "Models and validation",
                "Describe %s and check what clients send.".formatted(entityNames(brief)))
            .after("scaffold")
            .holds("Data of the wrong kind is refused with the field's name and the reason.")
            .writes(List.of(files.file("app/models.py", "models.py"))));
    nodes.add(
        NodeDraft.of(
                "storage",
                "code",
                sqlite ? "SQLite storage" : "In-memory storage",
                "Create, read, find, update and delete rows, safely from many threads.")
            .after("scaffold")
            .holds(
                sqlite ? "What was stored is there after a restart." : "No two rows share an id.")
            .writes(
                List.of(
                    files.file(
                        "app/storage.py", sqlite ? "storage-sqlite.py" : "storage-memory.py"))));
    if (brief.has(Feature.AUTHENTICATION)) {
      parts.add("authentication");
      nodes.add(
          NodeDraft.of(
                  "authentication",
                  "code",
                  "Bearer tokens",
                  "Let in only who sends one of the configured tokens.")
              .after("scaffold")
              .holds("Tokens are compared in constant time.")
              .writes(List.of(files.file("app/auth.py", "auth.py"))));
    }
    nodes.add(
        NodeDraft.of(
                "server",
                "code",
                "HTTP server",
                "Serve the collections with list, create, read, replace, change and delete.")
            .after(parts)
            .holds("Every error is JSON with the fitting status.")
            .writes(
                List.of(
                    files.file("app/server.py", "server.py"),
                    files.file("app/__main__.py", "main.py"))));
    return nodes;
  }

  private static List<Plan.Node> tests(Files files) {
    return List.of(
        NodeDraft.of("model-tests", "test", "Tests of the models", "Test what is accepted.")
            .after("models")
            .writes(List.of(files.file("tests/test_models.py", "test_models.py"))),
        NodeDraft.of("storage-tests", "test", "Tests of the storage", "Test what is kept.")
            .after("storage")
            .writes(List.of(files.file("tests/test_storage.py", "test_storage.py"))),
        NodeDraft.of(
                "api-tests",
                "test",
                "Tests of the API",
                "Start the server on a free port and test every method and every error.")
            .after("server")
            .writes(
                List.of(
                    new FileContent("tests/__init__.py", ""),
                    files.file("tests/support.py", "support.py"),
                    files.file("tests/test_api.py", "test_api.py"))),
        NodeDraft.of("run-tests", "verify", "Run the tests", "Run all tests.")
            .after("model-tests", "storage-tests", "api-tests")
            .holds("All tests pass.")
            .within("120s")
            .runs("python3", "-m", "unittest", "discover", "-s", "tests", "-v"));
  }

  private static Plan.Node check() {
    return NodeDraft.of("check", "verify", "Check the syntax", "Compile every module.")
        .after("server")
        .holds("Every module compiles.")
        .within("60s")
        .runs("python3", "-m", "compileall", "-q", "app");
  }

  private static List<Plan.Node> documents(ProjectBrief brief, Files files, List<String> last) {
    List<Plan.Node> nodes = new ArrayList<>();
    if (brief.has(Feature.DOCS)) {
      last.add("readme");
      nodes.add(
          NodeDraft.of(
                  "readme",
                  "docs",
                  "README",
                  "Say how to run, use and test the API, with examples for curl.")
              .after("server")
              .writes(List.of(files.file("README.md"))));
    }
    if (brief.has(Feature.CONTAINER)) {
      last.add("container");
      nodes.add(
          NodeDraft.of(
                  "container", "scaffold", "Container file", "Run the API as an unprivileged user.")
              .after("server")
              .writes(List.of(files.file("Dockerfile"))));
    }
    if (brief.has(Feature.CI)) {
      last.add("ci");
      nodes.add(
          NodeDraft.of("ci", "scaffold", "CI workflow", "Check every push.")
              .after("scaffold")
              .writes(List.of(files.file(".github/workflows/ci.yml", "ci.yml"))));
    }
    return nodes;
  }

  private static String entityNames(ProjectBrief brief) {
    return String.join(", ", brief.entities().stream().map(entity -> entity.signature()).toList());
  }

  /** The rendered files of one project. */
  private record Files(Rendering rendering, Map<String, Object> view) {

    FileContent file(String path) {
      return file(path, path);
    }

    FileContent file(String path, String template) {
      return new FileContent(path, rendering.render(template, view));
    }
  }
}
