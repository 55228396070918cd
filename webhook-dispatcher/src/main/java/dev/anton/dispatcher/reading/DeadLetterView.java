package dev.anton.dispatcher.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.dispatcher.reading.DeliveryView.EventReference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delivery that used up its attempts. */
@Schema(name = "DeadLetter", description = "A delivery that used up its attempts")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterView(
    String id,
    String deliveryId,
    String webhookId,
    EventReference event,
    @Schema(description = "When it was given up") Instant deadAt,
    int attempts,
    @Schema(description = "Why the last attempt failed") @Nullable String reason,
    @Nullable Instant lastAttemptAt,
    @Schema(description = "In one word, such as refused or timed_out") @Nullable String lastOutcome,
    @Nullable Integer lastHttpStatus,
    @Nullable String lastError,
    @Schema(description = "Where the original bytes lie in the dead-letter topic")
        @Nullable Integer partition,
    @Nullable Long offset,
    @Schema(description = "Whether its event was delivered to the webhook anew since")
        boolean replayed,
    @Schema(description = "The newest of those deliveries") @Nullable Replayed replay) {

  /** A delivery of the same event to the same webhook that was made later. */
  @Schema(name = "DeadLetterReplayed")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Replayed(String deliveryId, @Nullable String replayId, String status) {}
}
