package dev.anton.dispatcher.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.offset.InFlight;
import dev.anton.dispatcher.offset.OffsetTracker;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  private static final TopicPartition PARTITION = new TopicPartition("events", 0);

  private final Assignment assignment = new Assignment(new InFlight());

  @Test
  void whatIsDoneAndNotCommittedCountsAsReadAhead() {
    assignment.add(PARTITION, 100, 100);
    OffsetTracker tracker = Objects.requireNonNull(assignment.tracker(PARTITION));
    for (int offset = 100; offset < 130; offset++) {
      tracker.track(offset, 1, 10).partDone();
    }

    assertThat(assignment.uncommitted(List.of(PARTITION)))
        .containsEntry(PARTITION, new OffsetAndMetadata(130));
    assertThat(assignment.longestSpan()).as("nothing is committed yet").isEqualTo(30);

    assignment.committed(assignment.uncommitted(List.of(PARTITION)));

    assertThat(assignment.longestSpan()).isZero();
  }
}
