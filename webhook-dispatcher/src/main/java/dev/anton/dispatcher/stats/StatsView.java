package dev.anton.dispatcher.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a webhook fares. */
@Schema(name = "WebhookStats")
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatsView(
    String webhookId,
    String window,
    @Schema(description = "From when on deliveries were counted, by when they were made")
        Instant since,
    Instant until,
    @Schema(
            description =
                """
                Whether all of the window is counted. A window with more deliveries than are looked \
                at begins, as `since` says, where the newest of them do.\
                """)
        boolean complete,
    Deliveries deliveries,
    Attempts attempts,
    @Schema(description = "From the event's time until its delivery arrived; without replays")
        @Nullable Percentiles arrivalMs,
    Now now) {

  /** What became of deliveries. */
  @Schema(name = "DeliveryStats")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Deliveries(
      long total,
      @Schema(description = "How many have each status") Map<String, Long> byStatus,
      @Schema(description = "Delivered, of those delivered or dead; absent if there are none")
          @Nullable Double successRate) {}

  /** What became of attempts of those deliveries. */
  @Schema(name = "AttemptStats")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Attempts(
      long total,
      @Schema(description = "How many ended each way, such as delivered or timed_out")
          Map<String, Long> byOutcome,
      @Nullable Percentiles durationMs,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastFailureAt) {}

  /** Milliseconds. */
  @Schema(name = "Percentiles")
  record Percentiles(double p50, double p90, double p99) {}

  /** How it is at this moment, whatever the window. */
  @Schema(name = "WebhookNow")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Now(
      @Schema(allowableValues = {"active", "paused", "disabled"}) String state,
      @Schema(description = "Deliveries that wait; not counted beyond 10000") long parked,
      @Schema(description = "Whether this replica leaves the endpoint alone for the moment")
          boolean breakerOpen,
      @Schema(description = "Nothing but failures since then; absent while it works")
          @Nullable Instant failingSince) {}
}
