package dev.anton.dispatcher.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients see of a replay. */
@Schema(
    name = "Replay",
    description = "Deliveries that are made again, as a job that survives restarts")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayView(
    String id,
    @Schema(description = "Absent for dead letters of all webhooks") @Nullable String webhookId,
    @Schema(
            description = "`completed`: all is enqueued; what became of it is in `deliveries`",
            allowableValues = {"queued", "running", "completed", "cancelled", "failed"})
        String status,
    @Schema(allowableValues = {"failed", "all", "missed", "dead-letters"}) String selection,
    @Nullable Instant since,
    @Schema(description = "The time of the request, if that came first") Instant until,
    @Nullable List<String> events,
    @Nullable String reason,
    int maxRatePerSecond,
    @Schema(description = "Deliveries, dead letters or, for `missed`, records looked at")
        long scanned,
    @Schema(description = "Deliveries made") long enqueued,
    @Schema(description = "Selected, but Kafka's retention has taken the event") long gone,
    @Schema(description = "Selected, but its webhook is paused, disabled or deleted")
        long passedOver,
    @Schema(description = "How many of its deliveries have each status; not in lists")
        @Nullable Map<String, Long> deliveries,
    @Schema(description = "What it waits for right now") @Nullable String waitsFor,
    @Nullable String error,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  static ReplayView of(Replay replay, @Nullable Map<String, Long> deliveries) {
    ReplayOrder order = replay.order();
    return new ReplayView(
        replay.id(),
        order.webhookId(),
        replay.status().state().wireName(),
        order.selection().wireName(),
        order.since(),
        order.until(),
        order.events(),
        order.reason(),
        order.maxRate(),
        replay.counts().scanned(),
        replay.counts().enqueued(),
        replay.counts().gone(),
        replay.counts().passedOver(),
        deliveries,
        replay.status().waitsFor(),
        replay.status().error(),
        replay.createdAt(),
        replay.status().startedAt(),
        replay.status().finishedAt());
  }
}
