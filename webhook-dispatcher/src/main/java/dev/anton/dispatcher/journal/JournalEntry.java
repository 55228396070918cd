package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import org.jspecify.annotations.Nullable;

/** Something that must be durable. */
public sealed interface JournalEntry {

  /** Told once the entry is durable. */
  Receipt receipt();

  /** The delivery that came into line or left it hereby, if it stands in one; null for the rest. */
  default @Nullable Delivery turn() {
    return null;
  }

  /** Learns that an entry is durable; runs on the journal's thread and must not block. */
  @FunctionalInterface
  interface Receipt {

    Receipt NONE = () -> {};

    void durable();
  }

  /**
   * An event was read.
   *
   * @param matched how many subscriptions it goes to
   * @param filtered how many more would match, had their filters not said no
   */
  record Seen(InboundEvent inbound, int matched, int filtered, Receipt receipt)
      implements JournalEntry {}

  /** The first attempt succeeded. */
  record DeliveredAtOnce(Delivery delivery, Attempt attempt, Receipt receipt)
      implements JournalEntry {}

  /** A delivery that has no row yet is not to be attempted. */
  record SkippedAtOnce(Delivery delivery, @Nullable Attempt attempt, String reason, Receipt receipt)
      implements JournalEntry {}

  /**
   * A delivery that has no row yet is parked.
   *
   * @param attempt the first attempt, if one was made and failed
   */
  record Parked(Delivery delivery, @Nullable Attempt attempt, Parking parking, Receipt receipt)
      implements JournalEntry {

    @Override
    public Delivery turn() {
      return delivery;
    }
  }

  /** A parked delivery was delivered. That counts whoever holds the lease by now. */
  record Delivered(Delivery delivery, Attempt attempt, Receipt receipt) implements JournalEntry {

    @Override
    public Delivery turn() {
      return delivery;
    }
  }

  /**
   * A parked delivery waits again. Refused if the lease was lost.
   *
   * @param attempt null if none was made
   */
  record ParkedAgain(Delivery delivery, @Nullable Attempt attempt, Parking parking, Receipt receipt)
      implements JournalEntry {}

  /** A parked delivery is not to be attempted any more. Refused if the lease was lost. */
  record Skipped(Delivery delivery, @Nullable Attempt attempt, String reason, Receipt receipt)
      implements JournalEntry {

    @Override
    public Delivery turn() {
      return delivery;
    }
  }

  /** A parked delivery lies in the dead-letter topic. Refused if the lease was lost. */
  record Dead(
      Delivery delivery,
      String deadLetterId,
      int partition,
      long offset,
      String reason,
      Receipt receipt)
      implements JournalEntry {

    @Override
    public Delivery turn() {
      return delivery;
    }
  }
}
