package dev.anton.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.outbox.PendingRecords.Pending;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchSenderTest {

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final BatchSender sender = new BatchSender(producer, () -> true);
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  @Test
  void recordsOfOneTopicAreSentWithoutWaitingForEachOther() throws Exception {
    Future<BatchSender.Outcome> outcome =
        background.submit(
            () -> sender.send(List.of(pending(1, "events", "a"), pending(2, "events", "a"))));

    Awaitility.await().until(() -> producer.history().size() == 2);
    producer.completeNext();
    producer.completeNext();

    assertThat(outcome.get().acknowledged()).extracting(Pending::id).containsExactly(1L, 2L);
    assertThat(outcome.get().failure()).isNull();
  }

  @Test
  void aRecordToAnotherTopicWaitsForEveryEarlierOneOfItsKey() throws Exception {
    Future<BatchSender.Outcome> outcome =
        background.submit(
            () ->
                sender.send(
                    List.of(
                        pending(1, "events", "a"),
                        pending(2, "events", "b"),
                        pending(3, "commands", "a"))));

    Awaitility.await().until(() -> producer.history().size() == 2);
    producer.completeNext();
    assertThat(producer.history()).extracting(ProducerRecord::topic).doesNotContain("commands");
    producer.completeNext();
    Awaitility.await().until(() -> producer.history().size() == 3);
    producer.completeNext();

    assertThat(outcome.get().acknowledged()).extracting(Pending::id).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aCommandDoesNotLeaveWhenAnEarlierEventOfItsKeyFailed() throws Exception {
    Future<BatchSender.Outcome> outcome =
        background.submit(
            () -> sender.send(List.of(pending(1, "events", "a"), pending(2, "commands", "a"))));

    Awaitility.await().until(() -> producer.history().size() == 1);
    producer.errorNext(new NotLeaderOrFollowerException("moved"));

    assertThat(outcome.get().acknowledged()).isEmpty();
    assertThat(outcome.get().failure()).isInstanceOf(NotLeaderOrFollowerException.class);
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void whatWasAcknowledgedBeforeAFailureIsNotSentAgain() throws Exception {
    Future<BatchSender.Outcome> outcome =
        background.submit(
            () -> sender.send(List.of(pending(1, "events", "a"), pending(2, "events", "b"))));

    Awaitility.await().until(() -> producer.history().size() == 2);
    producer.completeNext();
    producer.errorNext(new NotLeaderOrFollowerException("moved"));

    assertThat(outcome.get().acknowledged()).extracting(Pending::id).containsExactly(1L);
    assertThat(outcome.get().failure()).isNotNull();
  }

  @Test
  void aRecordThatIsTooLargeHoldsItsKeyAndNothingElse() throws Exception {
    BatchSender refusing =
        new BatchSender(
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
              @Override
              public synchronized Future<org.apache.kafka.clients.producer.RecordMetadata> send(
                  ProducerRecord<String, byte[]> record,
                  org.apache.kafka.clients.producer.Callback callback) {
                if (record.key().equals("huge")) {
                  callback.onCompletion(null, new RecordTooLargeException("too large"));
                  return java.util.concurrent.CompletableFuture.failedFuture(
                      new RecordTooLargeException("too large"));
                }
                return super.send(record, callback);
              }
            },
            () -> true);

    BatchSender.Outcome outcome =
        refusing.send(
            List.of(
                pending(1, "events", "huge"),
                pending(2, "events", "huge"),
                pending(3, "events", "b")));

    assertThat(outcome.tooLarge()).extracting(Pending::id).containsExactly(1L);
    assertThat(outcome.acknowledged()).extracting(Pending::id).containsExactly(3L);
    assertThat(outcome.failure()).isNull();
  }

  @Test
  void theWaitEndsWhenTheLanesWereLost() throws Exception {
    BatchSender losing = new BatchSender(producer, () -> false);

    BatchSender.Outcome outcome = losing.send(List.of(pending(1, "events", "a")));

    assertThat(outcome.acknowledged()).isEmpty();
    assertThat(outcome.failure()).hasMessageContaining("given up");
  }

  private static Pending pending(long id, String topic, String key) {
    return new Pending(id, new ProducerRecord<>(topic, key, "{}".getBytes(UTF_8)), Instant.EPOCH);
  }
}
