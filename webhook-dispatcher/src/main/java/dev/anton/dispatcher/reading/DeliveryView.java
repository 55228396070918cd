package dev.anton.dispatcher.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one webhook.
 *
 * @param status {@code pending}, {@code delivered}, {@code retrying}, {@code dead} or {@code
 *     skipped}
 * @param replayId of the replay that asked for it, absent otherwise
 * @param attempts how many were made
 * @param lastAttempt absent before the first one
 * @param nextAttemptAt only while it is retried
 * @param reason why it is skipped or dead, or what it waits for
 * @param attemptLog every attempt; only where one delivery is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryView(
    String id,
    String webhookId,
    EventReference event,
    String status,
    @Nullable String replayId,
    int attempts,
    Instant createdAt,
    @Nullable AttemptView lastAttempt,
    @Nullable Instant nextAttemptAt,
    @Nullable String reason,
    @Nullable String deadLetterId,
    @Nullable List<AttemptView> attemptLog) {

  /** The event a delivery is of. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EventReference(String id, String type, Instant timestamp, @Nullable String key) {}

  DeliveryView withLog(List<AttemptView> log) {
    return new DeliveryView(
        id,
        webhookId,
        event,
        status,
        replayId,
        attempts,
        createdAt,
        lastAttempt,
        nextAttemptAt,
        reason,
        deadLetterId,
        log);
  }
}
