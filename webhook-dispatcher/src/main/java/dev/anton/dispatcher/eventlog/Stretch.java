package dev.anton.dispatcher.eventlog;

import org.apache.kafka.common.TopicPartition;

/**
 * A part of one partition.
 *
 * @param next the offset to read first
 * @param end the offset behind the last to read
 */
public record Stretch(String topic, int partition, long next, long end) {

  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  Stretch from(long offset) {
    return new Stretch(topic, partition, offset, end);
  }

  boolean isRead() {
    return next >= end;
  }
}
