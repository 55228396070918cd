package dev.anton.executor.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.kafka.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Puts records aside that are no commands, with their bytes, their headers and the reason. */
@Component
class UndecodableCommands {

  private static final long PATIENCE_SECONDS = 30;
  private static final Logger log = LoggerFactory.getLogger(UndecodableCommands.class);

  private final KafkaTemplate<String, byte[]> kafka;
  private final Counter counter;

  UndecodableCommands(KafkaTemplate<String, byte[]> kafka, MeterRegistry registry) {
    this.kafka = kafka;
    this.counter =
        Counter.builder("anton.commands.undecodable")
            .description("Records on the command topic that cannot be carried out")
            .register(registry);
  }

  /**
   * Returns when Kafka has acknowledged the record.
   *
   * @throws KafkaException if it did not: the caller must not pass over the record
   */
  void putAside(ConsumerRecord<String, byte[]> record, String reason) {
    ProducerRecord<String, byte[]> aside =
        new ProducerRecord<>(Topics.UNDECODABLE, record.key(), record.value());
    record.headers().forEach(aside.headers()::add);
    add(aside.headers(), "undecodable_reason", reason);
    add(aside.headers(), "undecodable_topic", record.topic());
    add(aside.headers(), "undecodable_partition", Integer.toString(record.partition()));
    add(aside.headers(), "undecodable_offset", Long.toString(record.offset()));
    try {
      kafka.send(aside).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The undecodable record was not acknowledged", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while putting a record aside", e);
    }
    counter.increment();
    log.warn(
        "Put aside the record at {}-{}@{}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        reason);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
