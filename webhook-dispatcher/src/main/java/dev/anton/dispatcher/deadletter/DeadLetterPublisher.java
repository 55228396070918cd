package dev.anton.dispatcher.deadletter;

import dev.anton.dispatcher.backbone.Clipping;
import dev.anton.dispatcher.backbone.RecordSender;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.health.ExhaustedDeliveries;
import dev.anton.dispatcher.health.ExhaustedDelivery;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.parking.ParkedRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes exhausted deliveries to the dead-letter topic. One is marked dead only after the broker
 * has acknowledged it and it was counted for the event that tells of it; until then its row stays,
 * and is taken up again when its lease ends.
 */
final class DeadLetterPublisher {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

  /** A part of an event is none; its value is small enough by itself, its headers may not be. */
  private static final Clipping CLIPPING = new Clipping(DeadLetterHeaders.PREFIX, false);

  private final RecordSender sender;
  private final Journal journal;
  private final ExhaustedDeliveries exhausted;
  private final Clock clock;

  DeadLetterPublisher(
      RecordSender sender, Journal journal, ExhaustedDeliveries exhausted, Clock clock) {
    this.sender = sender;
    this.journal = journal;
    this.exhausted = exhausted;
    this.clock = clock;
  }

  /**
   * Publishes rows that this replica has leased and returns when the broker has answered. All is
   * sent from the caller's thread: the producer's own would wait for itself.
   */
  void publish(List<ParkedRow> rows) {
    Instant now = clock.instant();
    List<Letter> letters = rows.stream().map(DeadLetterPublisher::letter).toList();
    List<CompletableFuture<RecordMetadata>> writing =
        letters.stream()
            .map(
                it ->
                    sender.send(
                        DeadLetterRecords.letter(it.delivery(), it.id(), it.reason(), now),
                        CLIPPING))
            .toList();
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      RecordMetadata place = answer(letters.get(i), writing.get(i));
      if (place != null) {
        written.add(new Written(letters.get(i), place));
      }
    }
    exhausted.count(written.stream().map(Written::told).toList());
    written.forEach(this::markDead);
  }

  private record Letter(Delivery delivery, String id, String reason) {}

  private record Written(Letter letter, RecordMetadata place) {

    ExhaustedDelivery told() {
      return new ExhaustedDelivery(letter.delivery(), letter.id(), letter.reason());
    }
  }

  private static Letter letter(ParkedRow row) {
    return new Letter(
        row.delivery(),
        Objects.requireNonNull(row.deadLetterId(), "an exhausted row has it"),
        Objects.requireNonNullElse(row.reason(), "unknown"));
  }

  /** Where it was written; null if it was not, as far as is known. */
  private static @Nullable RecordMetadata answer(
      Letter letter, CompletableFuture<RecordMetadata> sent) {
    try {
      return sent.join();
    } catch (CompletionException e) {
      log.warn("Dead letter {} was not written and is tried again", letter.id(), e.getCause());
      return null;
    }
  }

  private void markDead(Written written) {
    Letter letter = written.letter();
    Delivery delivery = letter.delivery();
    log.info(
        "Delivery {} to {} of event {} is dead after {} attempts as {}: {}",
        delivery.id(),
        delivery.subscriptionId(),
        delivery.inbound().event().id(),
        delivery.attemptsUsed(),
        letter.id(),
        letter.reason());
    journal.append(
        new JournalEntry.Dead(
            delivery,
            letter.id(),
            written.place().partition(),
            written.place().offset(),
            letter.reason(),
            Receipt.NONE));
  }
}
