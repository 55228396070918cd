package dev.anton.dispatcher.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts aside what cannot be read as an event, or not be kept as one: the original bytes and
 * headers, and why. It keeps trying until the broker has it, and only then is the record done. Of
 * one that is too large with our headers, a part is put aside, so that it never holds its
 * partition.
 */
public final class UndecodableRecords {

  static final String PREFIX = "undecodable_";
  static final String REASON = PREFIX + "reason";
  static final String TOPIC = PREFIX + "topic";
  static final String PARTITION = PREFIX + "partition";
  static final String OFFSET = PREFIX + "offset";

  private static final Logger log = LoggerFactory.getLogger(UndecodableRecords.class);
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
  private static final Clipping CLIPPING = new Clipping(PREFIX, true);

  private final RecordSender sender;
  private final Counter counter;

  UndecodableRecords(RecordSender sender, MeterRegistry meters) {
    this.sender = sender;
    this.counter =
        Counter.builder("anton.undecodable")
            .description("Records that were put aside")
            .register(meters);
  }

  /**
   * Writes a record that is no event to {@link Topics#UNDECODABLE}.
   *
   * @param done run once the broker has acknowledged it
   */
  public void putAside(ConsumerRecord<byte[], byte[]> record, String reason, Runnable done) {
    RecordPosition position =
        new RecordPosition(record.topic(), record.partition(), record.offset());
    putAside(
        new ProducerRecord<>(
            Topics.UNDECODABLE, null, record.key(), record.value(), record.headers()),
        position,
        reason,
        done);
  }

  /**
   * Writes the record of an event that the journal refuses to {@link Topics#UNDECODABLE}.
   *
   * @param done run once the broker has acknowledged it
   */
  public void putAside(InboundEvent inbound, String reason, Runnable done) {
    putAside(
        new ProducerRecord<>(
            Topics.UNDECODABLE, null, inbound.rawKey(), inbound.event().data(), inbound.headers()),
        inbound.position(),
        reason,
        done);
  }

  private void putAside(
      ProducerRecord<byte[], byte[]> copy, RecordPosition position, String reason, Runnable done) {
    counter.increment();
    log.warn(
        "Record {}-{}@{} is put aside: {}",
        position.topic(),
        position.partition(),
        position.offset(),
        reason);
    copy.headers()
        .add(REASON, reason.getBytes(UTF_8))
        .add(TOPIC, position.topic().getBytes(UTF_8))
        .add(PARTITION, Integer.toString(position.partition()).getBytes(UTF_8))
        .add(OFFSET, Long.toString(position.offset()).getBytes(UTF_8));
    send(copy, done);
  }

  private void send(ProducerRecord<byte[], byte[]> record, Runnable done) {
    var _ =
        sender
            .send(record, CLIPPING)
            .whenComplete(
                (metadata, failure) -> {
                  if (failure == null) {
                    done.run();
                  } else {
                    log.warn("A record could not be put aside yet", failure);
                    LATER.execute(() -> send(record, done));
                  }
                });
  }
}
