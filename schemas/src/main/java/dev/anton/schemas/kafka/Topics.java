package dev.anton.schemas.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The backbone's own topics. */
public final class Topics {

  /** Plan, execution, node, job and webhook events; keyed by session, else execution or job. */
  public static final String LIFECYCLE_EVENTS = "anton.lifecycle.events";

  /** Events of other teams and of {@code POST /api/events}. */
  public static final String CUSTOM_EVENTS = "anton.custom.events";

  /** The planner hands plans to the executor here. */
  public static final String EXECUTION_COMMANDS = "anton.execution.commands";

  /** Deliveries that used up their attempts, with the original bytes and headers. */
  public static final String DEAD_LETTER = "anton.webhooks.dead-letter";

  /** Records that cannot be read as events, with the reason. */
  public static final String UNDECODABLE = "anton.webhooks.undecodable";

  /** The built-in event topics: only here do built-in types count. */
  public static final List<String> BUILT_IN = List.of(LIFECYCLE_EVENTS);

  /**
   * Enough for a dozen dispatcher replicas; the number cannot grow later without breaking the order
   * of keys.
   */
  private static final int PARTITIONS = 12;

  private static final Duration RETENTION = Duration.ofDays(30);

  /** Per partition; 12 partitions of 8 GiB bound a topic at 96 GiB a replica. */
  private static final long RETENTION_BYTES = 8L << 30;

  private Topics() {}

  /** Every topic with its settings; the replication factor is the broker's default. */
  public static List<NewTopic> definitions() {
    return List.of(
        topic(LIFECYCLE_EVENTS),
        topic(CUSTOM_EVENTS),
        topic(EXECUTION_COMMANDS),
        topic(DEAD_LETTER),
        topic(UNDECODABLE));
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()),
                TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(RETENTION_BYTES),
                // Replay by time relies on the broker's clock, not on each producer's.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }
}
