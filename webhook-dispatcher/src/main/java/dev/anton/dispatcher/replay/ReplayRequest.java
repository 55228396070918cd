package dev.anton.dispatcher.replay;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the body of a request for a replay; {@link ReplayOrders} reads it. */
@Schema(name = "ReplayRequest")
record ReplayRequest(
    @Schema(description = "Inclusive; no earlier than the oldest record on Kafka") Instant since,
    @Schema(description = "Exclusive; the time of the request if absent or later")
        @Nullable Instant until,
    @Schema(description = "Names, `plan.*` or `*`; all of the webhook's if absent")
        @Nullable List<String> events,
    @Schema(
            description =
                """
                `failed`: deliveries that ended `dead` or `skipped`, unless the event arrived \
                otherwise or is on its way. `all`: everything that matched, but for what is on its \
                way. `missed`: events in the log that match the webhook as it is now and have no \
                delivery to it, or skipped ones only.\
                """,
            allowableValues = {"failed", "all", "missed"},
            defaultValue = "failed")
        @Nullable String status,
    @Schema(description = "How many deliveries are enqueued in a second")
        @Nullable Integer maxRatePerSecond) {

  /** The body of a request for a replay of dead letters. */
  @Schema(name = "DeadLetterReplayRequest")
  record OfDeadLetters(
      @Nullable String webhookId,
      @Schema(description = "Inclusive: when it was given up") @Nullable Instant since,
      @Schema(description = "Exclusive") @Nullable Instant until,
      @Schema(description = "An outcome, such as `timed_out`, or a part of the reason")
          @Nullable String reason,
      @Nullable Integer maxRatePerSecond) {}
}
