package dev.anton.system.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events at a constant rate straight to Kafka, as another team's service would: it waits
 * for every acknowledgement, and outlives a broker that is away for a while.
 */
final class Load implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Load.class);

  /** More than the replicas have lanes and partitions, so that no order of keys holds anything. */
  private static final int KEYS = 997;

  /** What an event says beside its number; with it, a record's value is half a kilobyte. */
  private static final String TEXT = "x".repeat(480);

  /** Events are sent in handfuls: a wake-up for each would cost more than to publish it. */
  private static final long TICK_NANOS = 2_000_000L;

  private final KafkaProducer<String, byte[]> producer;
  private final Ledger ledger;
  private final IntFunction<String> typeOf;
  private final int rate;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * @param typeOf the type of the event with a number
   * @param rate events per second
   */
  Load(String bootstrapServers, Ledger ledger, IntFunction<String> typeOf, int rate) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.LINGER_MS_CONFIG, 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 180_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 180_000),
            new StringSerializer(),
            new ByteArraySerializer());
    this.ledger = ledger;
    this.typeOf = typeOf;
    this.rate = rate;
    this.thread = Thread.ofPlatform().name("load").start(this::run);
  }

  /** Publishes no more and returns when the broker has answered for everything. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }

  private void run() {
    long begin = System.nanoTime();
    long sent = 0;
    while (!stopping && !ledger.isFull()) {
      LockSupport.parkNanos(TICK_NANOS);
      long due = (System.nanoTime() - begin) * rate / 1_000_000_000L;
      for (; sent < due && !stopping && !ledger.isFull(); sent++) {
        publish();
      }
    }
  }

  private void publish() {
    int number = ledger.publishing();
    EventRecord event =
        new EventRecord(
            ledger.id(number),
            typeOf.apply(number),
            "/faults",
            Instant.now(),
            null,
            Tenant.DEFAULT,
            "key-" + number % KEYS,
            null,
            null,
            ("{\"number\":" + number + ",\"text\":\"" + TEXT + "\"}").getBytes(UTF_8));
    var _ =
        producer.send(
            CloudEventHeaders.toRecord(Topics.CUSTOM_EVENTS, event),
            (metadata, failure) -> {
              if (failure == null) {
                ledger.acknowledged(number);
              } else {
                log.warn("Event {} was not published", event.id(), failure);
              }
            });
  }
}
