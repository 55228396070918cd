package dev.anton.planner.review;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Looks at the files that a plan's nodes write: each inside the project, and by one node only. */
final class OutputReview {

  /** What belongs to the repository itself and to Anton. */
  private static final Set<String> RESERVED = Set.of(".git", ".anton");

  private OutputReview() {}

  static List<Finding> findings(Plan plan) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> writers = new HashMap<>();
    for (int n = 0; n < plan.nodes().size(); n++) {
      Node node = plan.nodes().get(n);
      JsonNode files = node.inputs().path("files");
      for (int f = 0; f < files.size(); f++) {
        String pointer = "/nodes/%d/inputs/files/%d/path".formatted(n, f);
        String path = files.path(f).path("path").asString("");
        if (!isInside(path)) {
          findings.add(
              new Finding(
                  "unsafe-path",
                  pointer,
                  "Node %s writes %s, which is no place inside the project"
                      .formatted(node.id(), path)));
        }
        // Some file systems do not tell upper from lower case.
        String other = writers.putIfAbsent(path.toLowerCase(Locale.ROOT), node.id());
        if (other != null) {
          findings.add(
              new Finding(
                  "output-clash",
                  pointer,
                  "Nodes %s and %s both write %s".formatted(other, node.id(), path)));
        }
      }
    }
    return findings;
  }

  private static boolean isInside(String path) {
    if (path.isBlank() || path.contains("\\") || path.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    String[] segments = path.split("/", -1);
    for (String segment : segments) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return !RESERVED.contains(segments[0].toLowerCase(Locale.ROOT));
  }
}
