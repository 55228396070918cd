package dev.anton.dispatcher.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that was seen on the backbone.
 *
 * @param matched how many webhooks it goes to
 * @param filtered how many more would have matched, had their filters not said no
 * @param deliveries only where one event is asked for; empty if it matched nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
    String id,
    String type,
    String source,
    Instant timestamp,
    @Nullable String subject,
    @Nullable String key,
    @Nullable Long sequence,
    int sizeBytes,
    int matched,
    int filtered,
    @Nullable List<DeliveryView> deliveries) {

  EventView with(List<DeliveryView> found) {
    return new EventView(
        id, type, source, timestamp, subject, key, sequence, sizeBytes, matched, filtered, found);
  }
}
