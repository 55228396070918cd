package dev.anton.dispatcher.health;

import dev.anton.outbox.Outbox;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.WebhookEvent;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.time.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** Appends what owners are told to the outbox, in the caller's transaction. */
final class OperationalEvents {

  private static final String SOURCE = "/webhook-dispatcher";

  private final Outbox outbox;
  private final MeterRegistry meters;

  OperationalEvents(Outbox outbox, MeterRegistry meters) {
    this.outbox = outbox;
    this.meters = meters;
  }

  void recovered(FailingEndpoint endpoint, Instant at) {
    append(
        new WebhookEvent.Recovered(
            endpoint.subscriptionId(),
            endpoint.url(),
            "Deliveries arrive again; they had failed since "
                + Timestamps.format(endpoint.since())),
        endpoint.tenant(),
        at);
  }

  void append(WebhookEvent data, String tenant, Instant at) {
    String type = EventTypes.nameOf(data);
    outbox.append(
        CloudEventHeaders.toRecord(
            Topics.LIFECYCLE_EVENTS,
            new EventRecord(
                Ids.event(),
                type,
                SOURCE,
                at,
                data.webhookId(),
                new Tenant(tenant),
                data.webhookId(),
                null,
                null,
                WireJson.write(data))));
    meters.counter("anton.operational.events", "type", type).increment();
  }
}
