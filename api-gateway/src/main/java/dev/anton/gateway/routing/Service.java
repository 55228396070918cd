package dev.anton.gateway.routing;

import java.util.List;

/**
 * A service behind the gateway, and the paths that it answers. What stands here is the whole public
 * API: a path that does not is not routed.
 */
public enum Service {
  PLANNER("planner-service", "plans"),
  EXECUTOR("executor-service", "executions", "jobs", "plugins"),
  DISPATCHER(
      "webhook-dispatcher",
      "webhooks",
      "deliveries",
      "events",
      "event-types",
      "dead-letters",
      "replays");

  private final String serviceName;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> resources;

  Service(String serviceName, String... resources) {
    this.serviceName = serviceName;
    this.resources = List.of(resources);
  }

  /** The name an operator knows it by. */
  public String serviceName() {
    return serviceName;
  }

  /** The collections under {@code /api/} that it owns. */
  public List<String> resources() {
    return resources;
  }

  /** Path patterns of all its collections. */
  List<String> patterns() {
    return resources.stream().map(resource -> "/api/" + resource + "/**").toList();
  }

  /** Whether the service answers a path such as {@code /api/plans/{id}}. */
  public boolean owns(String path) {
    return resources.stream()
        .map(resource -> "/api/" + resource)
        .anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }
}
