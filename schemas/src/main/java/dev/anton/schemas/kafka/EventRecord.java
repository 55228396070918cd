package dev.anton.schemas.kafka;

import dev.anton.schemas.id.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it lies on Kafka: CloudEvents 1.0 attributes beside the JSON bytes of its data.
 *
 * @param id the same wherever the event goes; the consumer's key for removing duplicates
 * @param type the event's name, such as {@code plan.started}
 * @param source who produced it, a URI reference such as {@code /planner-service}
 * @param time when it happened, by the producer's clock
 * @param subject what it is about: the id of the session, execution or job
 * @param tenant whom it belongs to
 * @param key what it is ordered by; the record's key
 * @param sequence counts the events of one key from 1; absent from producers that do not count
 * @param traceparent W3C trace context of the producing work
 * @param data UTF-8 JSON; neither copied nor changed on its way from the topic to the endpoint
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a copy per access would cost more than the rest of routing
public record EventRecord(
    String id,
    String type,
    String source,
    Instant time,
    @Nullable String subject,
    Tenant tenant,
    @Nullable String key,
    @Nullable Long sequence,
    @Nullable String traceparent,
    byte[] data) {}
