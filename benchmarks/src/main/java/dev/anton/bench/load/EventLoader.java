package dev.anton.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes events straight to Kafka, as another team's service would. */
public final class EventLoader implements AutoCloseable {

  /** Of an event's data. */
  private static final int DATA_BYTES = 1024;

  private final int types;
  private final KafkaProducer<String, byte[]> prompt;
  private final KafkaProducer<String, byte[]> bulk;
  private final String padding;
  private final AtomicLong sent = new AtomicLong();
  private volatile @Nullable Exception broken;

  /**
   * @param types events go round the types {@code bench.event.n0} to {@code bench.event.n<types-1>}
   */
  public EventLoader(String bootstrapServers, int types) {
    this.types = types;
    this.prompt = producer(bootstrapServers, 0);
    this.bulk = producer(bootstrapServers, 10);
    // What is left for it beside the braces, the names and two numbers of 19 digits.
    this.padding = "x".repeat(DATA_BYTES - 60);
  }

  private static KafkaProducer<String, byte[]> producer(String bootstrapServers, int lingerMillis) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "acks",
            "all",
            "linger.ms",
            lingerMillis,
            "batch.size",
            128 * 1024,
            "buffer.memory",
            64L * 1024 * 1024),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /** The type of the events that go to endpoint {@code number}. */
  public static String type(int number) {
    return "bench.event.n" + number;
  }

  public long sent() {
    return sent.get();
  }

  /** Sends that many, as fast as the broker takes them. */
  public void burst(long events) {
    for (long i = 0; i < events; i++) {
      send(bulk);
    }
    bulk.flush();
  }

  /** Sends at a rate for a while; what could not be sent in time is sent at once. */
  public void atRate(int perSecond, Duration time) {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long done = 0;
    for (long now = start; now < end; now = System.nanoTime()) {
      long due = (now - start) * perSecond / 1_000_000_000L;
      for (; done < due; done++) {
        send(prompt);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /**
   * Keeps the receivers busy for a while: sends as long as fewer than {@code ahead} events are on
   * their way.
   */
  public void ahead(long ahead, LongSupplier arrived, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      long room = ahead - (sent.get() - arrived.getAsLong());
      for (; room > 0; room--) {
        send(bulk);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    prompt.close(Duration.ofSeconds(10));
    bulk.close(Duration.ofSeconds(10));
  }

  private void send(KafkaProducer<String, byte[]> producer) {
    if (broken != null) {
      throw new IllegalStateException("Kafka did not take an event", broken);
    }
    long number = sent.getAndIncrement();
    String data =
        "{\"sentAt\":"
            + System.nanoTime()
            + ",\"number\":"
            + number
            + ",\"text\":\""
            + padding
            + "\"}";
    var _ =
        producer.send(
            CloudEventHeaders.toRecord(
                Topics.CUSTOM_EVENTS,
                new EventRecord(
                    Ids.event(),
                    type((int) (number % types)),
                    "/bench",
                    Instant.now(),
                    null,
                    Tenant.DEFAULT,
                    "key-" + number % 1000,
                    null,
                    null,
                    data.getBytes(UTF_8))),
            (metadata, failure) -> {
              if (failure != null) {
                broken = failure;
              }
            });
  }
}
