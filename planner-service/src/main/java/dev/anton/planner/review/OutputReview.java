package dev.anton.planner.review;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Looks at the files that a plan's nodes write: each inside the project, and by one node only. */
final class OutputReview {

  /** One file that a node writes. */
  private record Output(String node, String path, String pointer) {}

  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Output> byKey = new HashMap<>();

  /** The first file below each folder. */
  private final Map<String, Output> belowFolder = new HashMap<>();

  private OutputReview() {}

  static List<Finding> findings(Plan plan) {
    OutputReview review = new OutputReview();
    for (int n = 0; n < plan.nodes().size(); n++) {
      Node node = plan.nodes().get(n);
      JsonNode files = node.inputs().path("files");
      for (int f = 0; f < files.size(); f++) {
        // A template's file is an object with a path, a language model's is the path itself.
        JsonNode file = files.path(f);
        JsonNode path = file.isString() ? file : file.path("path");
        // What is no text at all is the runner's inputs to answer for.
        if (path.isString()) {
          String pointer =
              "/nodes/%d/inputs/files/%d%s".formatted(n, f, file.isString() ? "" : "/path");
          review.add(new Output(node.id(), path.stringValue(), pointer));
        }
      }
    }
    return review.findings;
  }

  private void add(Output output) {
    ProjectPath.problem(output.path())
        .ifPresentOrElse(problem -> refuse(output, problem), () -> place(output));
  }

  private void refuse(Output output, String problem) {
    findings.add(
        new Finding(
            "unsafe-path",
            output.pointer(),
            "Node %s writes %s, which is no place inside the project: it %s"
                .formatted(output.node(), Shown.of(output.path()), problem)));
  }

  private void place(Output output) {
    // Some file systems do not tell upper from lower case.
    String key = ProjectPath.key(output.path());
    Output same = byKey.putIfAbsent(key, output);
    if (same != null) {
      clash(
          output,
          same.node().equals(output.node())
              ? "Node %s writes %s twice".formatted(same.node(), Shown.of(output.path()))
              : "Nodes %s and %s both write %s"
                  .formatted(same.node(), output.node(), Shown.of(output.path())));
      return;
    }
    Output below = belowFolder.get(key);
    if (below != null) {
      folderClash(output, below);
    }
    for (int end = key.indexOf('/'); end >= 0; end = key.indexOf('/', end + 1)) {
      String folder = key.substring(0, end);
      belowFolder.putIfAbsent(folder, output);
      Output file = byKey.get(folder);
      if (file != null) {
        folderClash(output, file);
      }
    }
  }

  private void folderClash(Output output, Output other) {
    clash(
        output,
        "Nodes %s and %s write %s and %s: one would be a file and a folder"
            .formatted(
                other.node(), output.node(), Shown.of(other.path()), Shown.of(output.path())));
  }

  private void clash(Output output, String detail) {
    findings.add(new Finding("output-clash", output.pointer(), detail));
  }
}
