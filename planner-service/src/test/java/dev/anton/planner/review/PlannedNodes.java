package dev.anton.planner.review;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan.Node;
import java.util.List;

/** Nodes of which nothing matters but what they depend on. */
final class PlannedNodes {

  private PlannedNodes() {}

  static Node node(String id, List<String> dependencies) {
    return new Node(
        id,
        "code",
        id,
        "",
        "noop",
        dependencies,
        WireJson.mapper().createObjectNode(),
        List.of(),
        null,
        null);
  }
}
