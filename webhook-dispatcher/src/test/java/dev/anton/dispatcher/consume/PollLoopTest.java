package dev.anton.dispatcher.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.journal.JournaledDeliveries;
import dev.anton.dispatcher.offset.InFlight;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/**
 * A replica that stood still has records in hand that others may have delivered. The group is
 * played by Kafka's own mock of its consumer: when a real one answers cannot be told to the poll.
 */
class PollLoopTest {

  private static final TopicPartition PARTITION = new TopicPartition(Topics.CUSTOM_EVENTS, 0);
  private static final Duration A_FREEZE = Duration.ofSeconds(20);

  private static final ConsumeSettings SETTINGS =
      new ConsumeSettings(
          List.of(),
          100,
          100,
          DataSize.ofMegabytes(1),
          1_000,
          Duration.ofHours(1), // commits are what a test asks for
          Duration.ofSeconds(1));

  private final List<String> happened = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final Group group = new Group();
  private final ConsumerState state = new ConsumerState();
  private final EventTopics topics = new EventTopics(List.of());
  private Runnable whileHandingOut = () -> {};
  private PollLoop loop;

  @BeforeEach
  void join() {
    Assignment assignment = new Assignment(new InFlight());
    Backlog backlog =
        new Backlog(
            new EventCheck(topics),
            (read, tracker, journaled) -> {
              happened.add("handed out " + read.offset());
              tracker.track(read.offset(), 1, 1).partDone();
              whileHandingOut.run();
              return true;
            },
            new JournaledDeliveries(null), // nothing is doubtful: the log's end was read before
            assignment,
            new Backlog.Room(new InFlight(), () -> 0, SETTINGS));
    loop =
        new PollLoop(
            new PollLoop.Member(group, new Membership(clock::get)),
            assignment,
            backlog,
            SETTINGS,
            state);
    PartitionInfo info =
        new PartitionInfo(PARTITION.topic(), PARTITION.partition(), null, null, null);
    group.updatePartitions(PARTITION.topic(), List.of(info));
    group.updateBeginningOffsets(Map.of(PARTITION, 0L));
    group.updateEndOffsets(Map.of(PARTITION, 0L));
    group.schedulePollTask(
        () -> {
          group.rebalance(List.of()); // a mock has all that matches from the start
          group.rebalance(List.of(PARTITION));
        });
  }

  @Test
  void afterAFreezeNothingIsHandedOutUntilTheGroupHasTakenACommit() {
    inAPoll(() -> read(0));
    inAPoll(
        () -> {
          read(1);
          group.silent = true;
          freeze();
        });
    inAPoll(() -> {});
    inAPoll(() -> group.silent = false);

    runToTheEnd();

    assertThat(happened)
        .containsExactly(
            "handed out 0",
            "commit 1 fails",
            "commit 1 fails",
            "commit 1 is taken",
            "handed out 1",
            "commit 2 is taken");
  }

  @Test
  void whoWasReplacedMeanwhileHandsOutNothingOfWhatItHadRead() {
    inAPoll(() -> read(0));
    inAPoll(
        () -> {
          read(1);
          read(2);
          group.silent = true;
          freeze();
        });
    inAPoll(
        () -> {
          loop.onPartitionsLost(List.of(PARTITION));
          group.silent = false;
        });
    inAPoll(() -> {});

    runToTheEnd();

    assertThat(happened).containsExactly("handed out 0", "commit 1 fails");
    assertThat(state.isJoined()).isFalse();
  }

  @Test
  void aFreezeBetweenTwoRecordsHoldsTheSecond() {
    inAPoll(
        () -> {
          read(0);
          read(1);
          whileHandingOut =
              () -> {
                whileHandingOut = () -> {};
                freeze();
              };
        });
    inAPoll(() -> {});

    runToTheEnd();

    assertThat(happened)
        .containsExactly("handed out 0", "commit 1 is taken", "handed out 1", "commit 2 is taken");
  }

  private void inAPoll(Runnable task) {
    group.schedulePollTask(task);
  }

  private void runToTheEnd() {
    group.schedulePollTask(state::stop);
    loop.run(topics);
  }

  private void read(long offset) {
    group.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(), PARTITION.partition(), offset, null, "no event".getBytes(UTF_8)));
  }

  private void freeze() {
    clock.addAndGet(A_FREEZE.toNanos());
  }

  /** Takes commits, or does not answer. */
  private final class Group extends MockConsumer<byte[], byte[]> {

    private boolean silent;

    Group() {
      super("earliest");
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      long offset = offsets.get(PARTITION).offset();
      if (silent) {
        happened.add("commit " + offset + " fails");
        throw new CommitFailedException();
      }
      happened.add("commit " + offset + " is taken");
      super.commitSync(offsets, timeout);
    }
  }
}
