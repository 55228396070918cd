package dev.anton.dispatcher.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.dispatcher.reading.DeliveryView.EventReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that used up its attempts.
 *
 * @param reason why the last one failed
 * @param partition and {@code offset}: where the original bytes lie in the dead-letter topic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterView(
    String id,
    String deliveryId,
    String webhookId,
    EventReference event,
    int attempts,
    @Nullable String reason,
    @Nullable Instant lastAttemptAt,
    @Nullable Integer lastHttpStatus,
    @Nullable String lastError,
    @Nullable Integer partition,
    @Nullable Long offset) {}
