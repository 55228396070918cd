package dev.anton.dispatcher.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer's life, on one thread: reads, hands out as long as there is room, commits what is
 * done. Without room it pauses its partitions and keeps polling, so that the group does not take it
 * for dead.
 */
final class PollLoop implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  /** How soon room that has come free is used. */
  private static final Duration PAUSED_POLL = Duration.ofMillis(2);

  /** As long as a step may take; then it is tried again. */
  private static final Duration CONFIRM = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final Membership membership;
  private final Assignment assignment;
  private final Backlog backlog;
  private final ConsumeSettings settings;
  private final ConsumerState state;
  private long committedAt = System.nanoTime();
  private boolean paused;

  /** This replica in its group: who speaks for it, and whether it still counts. */
  record Member(Consumer<byte[], byte[]> consumer, Membership membership) {}

  PollLoop(
      Member member,
      Assignment assignment,
      Backlog backlog,
      ConsumeSettings settings,
      ConsumerState state) {
    this.consumer = member.consumer();
    this.membership = member.membership();
    this.assignment = assignment;
    this.backlog = backlog;
    this.settings = settings;
    this.state = state;
  }

  /** Runs until told to stop; then waits for what is in flight, within its bound, and commits. */
  void run(EventTopics topics) {
    consumer.subscribe(topics.pattern(), this);
    try {
      while (!state.isStopping()) {
        step();
      }
    } catch (WakeupException e) {
      log.debug("Woken up to stop");
    }
    drain(assignment.partitions());
  }

  private void step() {
    boolean wanted = backlog.isEmpty() && backlog.hasRoom();
    if (wanted == paused) {
      setPaused(!wanted);
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wanted ? IDLE_POLL : PAUSED_POLL)) {
      backlog.add(record);
    }
    membership.polled();
    if (!membership.isCertain()) {
      confirmMembership();
    }
    backlog.handOut(membership);
    state.observe(assignment);
    if (System.nanoTime() - committedAt >= settings.commitInterval().toNanos()) {
      committedAt = System.nanoTime();
      commit();
    }
  }

  private void setPaused(boolean pause) {
    if (pause) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused());
    }
    paused = pause;
  }

  /** Commits what is done, old or new: the coordinator takes it from a member only. */
  private void confirmMembership() {
    Map<TopicPartition, OffsetAndMetadata> offsets = assignment.committable();
    try {
      if (!offsets.isEmpty()) {
        log.info(
            "Polls were far apart; the group is asked whether it still counts on this replica");
        consumer.commitSync(offsets, CONFIRM);
        assignment.committed(offsets);
      }
      membership.confirmed();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      // If others have the partitions, the next poll says so and takes them out of the assignment.
      log.warn("Nothing is handed out until the group has answered: {}", e.toString());
    }
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        assignment.uncommitted(assignment.partitions());
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (done, failure) -> {
            if (failure == null) {
              assignment.committed(done);
            } else {
              log.warn("Offsets were not committed: {}", failure.toString());
            }
          });
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long start = consumer.position(partition);
      // Nobody reads further than this ahead of what is committed; what lies beyond is new.
      long reach = start + settings.maxSpan() + Backlog.MAX_POLL;
      assignment.add(partition, start, Math.min(ends.getOrDefault(partition, start), reach));
    }
    paused = false;
    consumer.resume(consumer.paused());
    state.joined(assignment.partitions().size());
    if (!partitions.isEmpty()) {
      log.info("Assigned {}", partitions);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    drain(partitions);
    log.info("Gave up {}", partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    // Somebody else has them: what is in flight ends, but it is not ours to commit.
    backlog.forget(partitions);
    assignment.remove(partitions);
    state.left();
    log.warn("Lost {}", partitions);
  }

  /** Waits for what was handed out, commits what is done and lets go of the partitions. */
  private void drain(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    backlog.forget(partitions);
    long deadline = System.nanoTime() + settings.drain().toNanos();
    while (!assignment.isDrained(partitions) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = assignment.uncommitted(partitions);
    if (!offsets.isEmpty()) {
      try {
        consumer.commitSync(offsets, settings.drain());
      } catch (KafkaException e) {
        log.warn("Offsets were not committed; their records will be read again", e);
      }
    }
    assignment.remove(Set.copyOf(partitions));
  }
}
