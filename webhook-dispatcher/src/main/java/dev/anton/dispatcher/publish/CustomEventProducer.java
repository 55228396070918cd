package dev.anton.dispatcher.publish;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/**
 * Sends events and waits for the brokers, all in-sync replicas of them, to say that they have it.
 */
@Component
class CustomEventProducer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CustomEventProducer.class);

  private final Duration timeout;
  private final Producer<String, byte[]> producer;

  CustomEventProducer(KafkaProperties kafka, PublishProperties properties) {
    this.timeout = properties.deliveryTimeout();
    this.producer =
        new KafkaProducer<>(
            settings(kafka, timeout), new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * @throws ProblemException 503 if no acknowledgement came in time; the event may have arrived
   */
  void send(EventRecord event) {
    try {
      producer
          .send(CloudEventHeaders.toRecord(Topics.CUSTOM_EVENTS, event))
          .get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      log.warn("event not acknowledged: id={} tenant={}", event.id(), event.tenant(), e);
      throw ProblemException.unavailable(
          "event-not-acknowledged",
          "The event log did not acknowledge the event in time; send it again with the same"
              + " Idempotency-Key, and it is one event");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable(
          "event-not-acknowledged", "The service is stopping; send the event again");
    }
  }

  @Override
  public void close() {
    producer.close(timeout);
  }

  private static Map<String, Object> settings(KafkaProperties kafka, Duration timeout) {
    int millis = (int) timeout.toMillis();
    Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
    settings.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    settings.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0); // a client waits for each
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 2);
    return settings;
  }
}
