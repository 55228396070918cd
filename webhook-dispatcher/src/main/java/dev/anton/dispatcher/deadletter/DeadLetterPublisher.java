package dev.anton.dispatcher.deadletter;

import dev.anton.dispatcher.backbone.RecordSender;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.parking.ParkedRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes exhausted deliveries to the dead-letter topic. One is marked dead only after the broker
 * has acknowledged it and the event that tells of it; until then its row stays, and is taken up
 * again when its lease ends.
 */
final class DeadLetterPublisher {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

  /** Nobody is told that telling failed: that would go on for ever. */
  private static final String UNTOLD_PREFIX = "webhook.";

  private final RecordSender sender;
  private final Journal journal;
  private final SubscriptionIndex index;
  private final Clock clock;

  DeadLetterPublisher(RecordSender sender, Journal journal, SubscriptionIndex index, Clock clock) {
    this.sender = sender;
    this.journal = journal;
    this.index = index;
    this.clock = clock;
  }

  /** Publishes rows that this replica has leased and returns when the broker has them. */
  void publish(List<ParkedRow> rows) {
    CompletableFuture.allOf(rows.stream().map(this::publish).toArray(CompletableFuture[]::new))
        .join();
  }

  private CompletableFuture<Void> publish(ParkedRow row) {
    Delivery delivery = row.delivery();
    String id = Objects.requireNonNull(row.deadLetterId(), "an exhausted row has it");
    String reason = Objects.requireNonNullElse(row.reason(), "unknown");
    Instant now = clock.instant();
    return sender
        .send(DeadLetterRecords.letter(delivery, id, reason, now))
        .thenCompose(written -> tell(delivery, id, reason, now).thenApply(told -> written))
        .thenAccept(written -> markDead(delivery, id, reason, written))
        .exceptionally(
            failure -> {
              log.warn("Dead letter {} was not written and is tried again", id, failure);
              return null;
            });
  }

  private CompletableFuture<?> tell(Delivery delivery, String id, String reason, Instant now) {
    if (delivery.inbound().event().type().startsWith(UNTOLD_PREFIX)) {
      return CompletableFuture.completedFuture(null);
    }
    String url =
        index.find(delivery.subscriptionId()).map(found -> found.url().toString()).orElse("");
    return sender.send(DeadLetterRecords.exhausted(delivery, id, reason, url, now));
  }

  private void markDead(Delivery delivery, String id, String reason, RecordMetadata written) {
    log.info(
        "Delivery {} to {} of event {} is dead after {} attempts as {}: {}",
        delivery.id(),
        delivery.subscriptionId(),
        delivery.inbound().event().id(),
        delivery.attemptsUsed(),
        id,
        reason);
    journal.append(
        new JournalEntry.Dead(
            delivery, id, written.partition(), written.offset(), reason, Receipt.NONE));
  }
}
