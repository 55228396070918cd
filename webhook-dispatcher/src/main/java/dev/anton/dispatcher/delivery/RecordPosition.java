package dev.anton.dispatcher.delivery;

/** Where a record lies on Kafka. */
public record RecordPosition(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
