package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.filter.EventFilter;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of one subscription, all that matching and delivery need of it.
 *
 * @param events exact names, {@code prefix.*} or {@code *}
 * @param subject only events about this subject match; null for any
 * @param headers sent with every delivery, in this order
 * @param keys null without a secret: then nothing is signed
 * @param filter the condition on an event's data; null for none
 * @param maxRatePerSecond null for no limit
 * @param version counts the changes of this subscription
 */
public record Subscription(
    String id,
    Tenant tenant,
    URI url,
    List<String> events,
    @Nullable String subject,
    SubscriptionStatus status,
    PayloadFormat format,
    @Nullable SigningKeys keys,
    Map<String, String> headers,
    @Nullable EventFilter filter,
    boolean ordered,
    @Nullable Integer maxRatePerSecond,
    RetrySchedule retry,
    long version) {

  public Subscription {
    events = List.copyOf(events);
  }
}
