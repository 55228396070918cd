package dev.anton.dispatcher.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.backbone.RecordSender;
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
 * Puts aside what cannot be read: the original bytes and headers, and why. It keeps trying until
 * the broker has it, and only then is the record done.
 */
final class UndecodableRecords {

  static final String REASON = "undecodable_reason";
  static final String TOPIC = "undecodable_topic";
  static final String PARTITION = "undecodable_partition";
  static final String OFFSET = "undecodable_offset";

  private static final Logger log = LoggerFactory.getLogger(UndecodableRecords.class);
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final RecordSender sender;
  private final Counter counter;

  UndecodableRecords(RecordSender sender, MeterRegistry meters) {
    this.sender = sender;
    this.counter =
        Counter.builder("anton.undecodable")
            .description("Records that could not be read as events")
            .register(meters);
  }

  /**
   * Writes a record to {@link Topics#UNDECODABLE}.
   *
   * @param done run once the broker has acknowledged it
   */
  void putAside(ConsumerRecord<byte[], byte[]> record, String reason, Runnable done) {
    counter.increment();
    log.warn(
        "Record {}-{}@{} cannot be read as an event: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        reason);
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(
            Topics.UNDECODABLE, null, record.key(), record.value(), record.headers());
    copy.headers()
        .add(REASON, reason.getBytes(UTF_8))
        .add(TOPIC, record.topic().getBytes(UTF_8))
        .add(PARTITION, Integer.toString(record.partition()).getBytes(UTF_8))
        .add(OFFSET, Long.toString(record.offset()).getBytes(UTF_8));
    send(copy, done);
  }

  private void send(ProducerRecord<byte[], byte[]> record, Runnable done) {
    var _ =
        sender
            .send(record)
            .whenComplete(
                (metadata, failure) -> {
                  if (failure == null) {
                    done.run();
                  } else {
                    log.warn("An undecodable record could not be put aside yet", failure);
                    LATER.execute(() -> send(record, done));
                  }
                });
  }
}
