package dev.anton.dispatcher.engine;

import dev.anton.fixtures.KafkaBackend;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** What a consumer group has committed. */
final class CommittedOffsets {

  private final KafkaBackend kafka;
  private final String group;

  CommittedOffsets(KafkaBackend kafka, String group) {
    this.kafka = kafka;
    this.group = group;
  }

  /** 0 if nothing was. */
  long of(TopicPartition partition) {
    try (Admin admin =
        Admin.create(
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      var offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return offset == null ? 0 : offset.offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
