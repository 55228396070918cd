package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.offset.InFlight;
import dev.anton.dispatcher.offset.OffsetTracker;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions this replica has now. Touched by the polling thread only. */
final class Assignment {

  private final InFlight inFlight;
  private final Map<TopicPartition, Held> held = new HashMap<>();
  private long generation;

  Assignment(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  private static final class Held {
    private final OffsetTracker tracker;
    private final long recoverUntil;
    private long committed;

    private Held(OffsetTracker tracker, long start, long recoverUntil) {
      this.tracker = tracker;
      this.committed = start;
      this.recoverUntil = recoverUntil;
    }
  }

  /**
   * Takes a partition on.
   *
   * @param start the first offset that is read
   * @param end behind the last record that anybody before could have read
   */
  void add(TopicPartition partition, long start, long end) {
    held.put(partition, new Held(new OffsetTracker(inFlight, ++generation, start), start, end));
  }

  void remove(Collection<TopicPartition> partitions) {
    held.keySet().removeAll(partitions);
  }

  @Nullable OffsetTracker tracker(TopicPartition partition) {
    Held one = held.get(partition);
    return one == null ? null : one.tracker;
  }

  /** Whether a record may have been handled before, by this or another replica. */
  boolean mayBeJournaled(TopicPartition partition, long offset) {
    Held one = held.get(partition);
    return one != null && offset < one.recoverUntil;
  }

  /** What can be committed of all partitions, committed before or not. */
  Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    held.forEach(
        (partition, one) ->
            offsets.put(partition, new OffsetAndMetadata(one.tracker.committable())));
    return offsets;
  }

  /** What can be committed and is not yet, of these partitions. */
  Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Held one = held.get(partition);
      if (one != null && one.tracker.committable() > one.committed) {
        offsets.put(partition, new OffsetAndMetadata(one.tracker.committable()));
      }
    }
    return offsets;
  }

  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          Held one = held.get(partition);
          if (one != null) {
            one.committed = Math.max(one.committed, offset.offset());
          }
        });
  }

  boolean isDrained(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(held::get)
        .allMatch(one -> one == null || one.tracker.isDrained());
  }

  /**
   * The longest distance of any partition between what is committed and what was read: so much is
   * read again after a crash. What is done and not committed yet counts, or nobody could say how
   * far a predecessor has come whose commits were refused.
   */
  long longestSpan() {
    return held.values().stream()
        .mapToLong(one -> one.tracker.end() - one.committed)
        .max()
        .orElse(0);
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(held.keySet());
  }

  boolean isEmpty() {
    return held.isEmpty();
  }
}
