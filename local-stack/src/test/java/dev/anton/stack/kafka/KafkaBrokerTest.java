package dev.anton.stack.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.kafka.Topics;
import dev.anton.stack.process.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

  @TempDir Path folder;

  @Test
  void keepsTopicsAndRecordsBetweenStartsAndAfterAKill() throws Exception {
    KafkaSettings settings = new KafkaSettings(folder.resolve("kafka"), LoopbackPorts.free());
    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      try (Admin admin = admin(broker)) {
        admin.createTopics(Topics.definitions()).all().get(30, TimeUnit.SECONDS);
      }
      assertThat(send(broker, "first")).isZero();
    }

    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      assertThat(topics(broker)).contains(Topics.LIFECYCLE_EVENTS, Topics.DEAD_LETTER);
      assertThat(send(broker, "second")).isEqualTo(1);
      broker.kill();
    }

    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      assertThat(send(broker, "third")).isEqualTo(2);
    }
  }

  private static Set<String> topics(KafkaBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.listTopics().names().get(30, TimeUnit.SECONDS);
    }
  }

  private static Admin admin(KafkaBroker broker) {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  private static long send(KafkaBroker broker, String value) throws Exception {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      return producer
          .send(new ProducerRecord<>(Topics.LIFECYCLE_EVENTS, 0, "key", value))
          .get(30, TimeUnit.SECONDS)
          .offset();
    }
  }
}
