package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.subscription.SubscriptionRow.State;
import dev.anton.outbox.Outbox;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.WebhookEvent;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The row and its announcement commit together, through the outbox. */
@Component
class SubscriptionDisabler implements SubscriptionDisabling {

  private static final Logger log = LoggerFactory.getLogger(SubscriptionDisabler.class);
  private static final String SOURCE = "/webhook-dispatcher";

  private final SubscriptionRepository rows;
  private final SubscriptionStore store;
  private final Outbox outbox;
  private final MeterRegistry meters;
  private final Clock clock;

  SubscriptionDisabler(
      SubscriptionRepository rows,
      SubscriptionStore store,
      Outbox outbox,
      MeterRegistry meters,
      Clock clock) {
    this.rows = rows;
    this.store = store;
    this.outbox = outbox;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void disable(String subscriptionId, String reason) {
    store.change(
        () -> rows.findById(subscriptionId).filter(SubscriptionDisabler::isActive),
        row -> {
          Instant now = clock.instant();
          EventRecord event = disabled(row, reason, now);
          outbox.append(CloudEventHeaders.toRecord(Topics.LIFECYCLE_EVENTS, event));
          meters.counter("anton.operational.events", "type", event.type()).increment();
          log.info("webhook disabled: id={} tenant={} reason={}", row.id(), row.tenant(), reason);
          return row.withState(new State(SubscriptionStatus.DISABLED, reason, now), now);
        });
  }

  private static boolean isActive(SubscriptionRow row) {
    return row.deletedAt() == null && row.state().status() == SubscriptionStatus.ACTIVE;
  }

  private static EventRecord disabled(SubscriptionRow row, String reason, Instant now) {
    WebhookEvent.Disabled data = new WebhookEvent.Disabled(row.id(), row.target().url(), reason);
    return new EventRecord(
        Ids.event(),
        EventTypes.nameOf(data),
        SOURCE,
        now,
        row.id(),
        new Tenant(row.tenant()),
        row.id(),
        null,
        null,
        WireJson.write(data));
  }
}
