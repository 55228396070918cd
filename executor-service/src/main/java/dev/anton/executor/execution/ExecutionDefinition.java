package dev.anton.executor.execution;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * What is to be executed; it never changes.
 *
 * @param retryOf the execution whose completed nodes are reused
 * @param plan a plan that can be run
 */
public record ExecutionDefinition(
    String id,
    Origin origin,
    @Nullable String retryOf,
    ProjectFolder folder,
    Plan plan,
    RunSettings settings) {

  /**
   * Where an execution comes from.
   *
   * @param sessionId of the planning session, null if the plan was handed in
   * @param traceparent W3C trace context of whoever asked for it
   */
  public record Origin(Tenant tenant, @Nullable String sessionId, @Nullable String traceparent) {}

  /**
   * @param projectName null if the execution's id names the folder
   * @param path absolute
   */
  public record ProjectFolder(@Nullable String projectName, String path) {}

  /**
   * @param maxConcurrency nodes that may run at a time
   * @param failFast whether nothing new starts after a failure
   */
  public record RunSettings(int maxConcurrency, boolean failFast) {}

  public Tenant tenant() {
    return origin.tenant();
  }

  /** What its events are ordered by. */
  public String streamKey() {
    String sessionId = origin.sessionId();
    return sessionId == null ? id : sessionId;
  }
}
