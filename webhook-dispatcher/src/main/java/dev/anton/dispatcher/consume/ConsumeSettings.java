package dev.anton.dispatcher.consume;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is read and how much of it at a time.
 *
 * @param topics other teams' event topics, beside our own
 * @param maxInFlight deliveries and journal rows that are not durable yet; at 22,000 deliveries/s
 *     and 50 ms until durable that is what is needed about four times over
 * @param maxUnsent requests that wait for an event loop to send them; some milliseconds' worth keep
 *     it busy, and more would only fill the heap while the machine is the bottleneck
 * @param maxBytes of the records that are held for them; 64 MiB fit into the smallest heap the
 *     service is meant for
 * @param maxSpan offsets between what is committed of a partition and the last record that was
 *     read; what a crash can make us read again
 * @param commitInterval how often offsets are committed; a crash reads again what was read since
 * @param drain how long a partition that is taken away, or a shutdown, waits for what is in flight;
 *     after a second, an attempt no longer holds its record
 */
@ConfigurationProperties("anton.dispatcher")
public record ConsumeSettings(
    @DefaultValue List<TopicBinding> topics,
    @DefaultValue("8192") int maxInFlight,
    @DefaultValue("256") int maxUnsent,
    @DefaultValue("64MB") org.springframework.util.unit.DataSize maxBytes,
    @DefaultValue("50000") int maxSpan,
    @DefaultValue("500ms") Duration commitInterval,
    @DefaultValue("5s") Duration drain) {

  public ConsumeSettings {
    topics = List.copyOf(topics);
  }

  /**
   * Topics of another team.
   *
   * @param pattern a name, or a regular expression for several
   * @param tenant the only one that events on them may belong to: who may write to a topic is
   *     decided by the broker, and a header is the writer's word
   */
  public record TopicBinding(String pattern, @DefaultValue("default") String tenant) {}
}
