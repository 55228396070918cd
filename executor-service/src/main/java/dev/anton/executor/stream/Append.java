package dev.anton.executor.stream;

import dev.anton.schemas.event.EventData;
import dev.anton.schemas.id.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events to be appended to one stream, in order.
 *
 * @param key the session if there is one, else the execution or job
 * @param subject the execution or job that the events are about
 * @param traceparent W3C trace context of the work that emits them
 */
public record Append(
    Tenant tenant,
    String key,
    String subject,
    List<? extends EventData> events,
    @Nullable String traceparent) {

  public Append {
    events = List.copyOf(events);
  }
}
