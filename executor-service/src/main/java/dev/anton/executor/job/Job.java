package dev.anton.executor.job;

import dev.anton.schemas.id.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as its row says.
 *
 * @param completedPlugins how many have succeeded, from the first on
 * @param attempt of the plugin that is next, counted from 1
 * @param error why it failed, or of the last attempt while it is tried again
 */
record Job(
    String id,
    Tenant tenant,
    JobDefinition definition,
    JobStatus status,
    int completedPlugins,
    int attempt,
    @Nullable String error,
    Times times) {

  List<String> completedNames() {
    return definition.plugins().subList(0, completedPlugins);
  }

  /** The plugin that runs or is next; null after the last. */
  @Nullable String currentPlugin() {
    return completedPlugins < definition.plugins().size()
        ? definition.plugins().get(completedPlugins)
        : null;
  }

  /**
   * @param due when there is something to do
   */
  record Times(
      Instant created, Instant due, @Nullable Instant started, @Nullable Instant finished) {}
}
