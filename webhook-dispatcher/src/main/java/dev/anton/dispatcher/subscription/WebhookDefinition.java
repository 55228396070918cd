package dev.anton.dispatcher.subscription;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may choose of a subscription, checked; the secret apart. */
record WebhookDefinition(
    URI url,
    List<String> events,
    @Nullable String description,
    PayloadFormat format,
    Map<String, String> headers,
    @Nullable String filter,
    boolean ordered,
    @Nullable Integer maxRatePerSecond,
    RetrySchedule retry) {

  WebhookDefinition {
    events = List.copyOf(events);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
