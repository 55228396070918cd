package dev.anton.dispatcher.consume;

import java.util.Objects;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** The consumer group that all replicas are in. */
public final class ConsumerGroup {

  private static final String DEFAULT = "webhook-dispatcher";

  private ConsumerGroup() {}

  public static String of(KafkaProperties kafka) {
    return Objects.requireNonNullElse(kafka.getConsumer().getGroupId(), DEFAULT);
  }
}
