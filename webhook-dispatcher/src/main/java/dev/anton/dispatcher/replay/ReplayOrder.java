package dev.anton.dispatcher.replay;

import dev.anton.schemas.id.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked to be delivered again.
 *
 * @param webhookId null for dead letters of all the tenant's webhooks
 * @param since inclusive; null only for dead letters: as far back as there are any
 * @param until exclusive, never after the request: a replay comes to an end
 * @param events names or patterns; null for all
 * @param reason of dead letters; null for any
 * @param maxRate deliveries a second that are enqueued
 */
record ReplayOrder(
    Tenant tenant,
    @Nullable String webhookId,
    ReplaySelection selection,
    @Nullable Instant since,
    Instant until,
    @Nullable List<String> events,
    @Nullable String reason,
    int maxRate) {

  /** Where it may begin. */
  Instant from() {
    return since == null ? Instant.EPOCH : since;
  }
}
