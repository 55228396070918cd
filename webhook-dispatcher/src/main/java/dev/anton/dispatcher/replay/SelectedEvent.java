package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.Parking;
import dev.anton.schemas.id.Ids;
import java.time.Instant;

/** An event that is to be delivered to a subscription again. */
record SelectedEvent(String subscriptionId, InboundEvent event) {

  /** The delivery, due now. */
  JournalEntry.Parked due(String replayId, Instant now, String reason) {
    return parked(delivery(replayId, now), Parking.due(now, reason));
  }

  /** The delivery, in line behind those of its key that the replay selected before. */
  JournalEntry.Parked inLine(String replayId, Instant now, String reason) {
    Delivery delivery = delivery(replayId, now).inLine();
    return delivery.isInLine()
        ? parked(delivery, Parking.behind(now))
        : parked(delivery, Parking.due(now, reason));
  }

  private Delivery delivery(String replayId, Instant now) {
    return new Delivery(
        Ids.delivery(), subscriptionId, event, replayId, 0, Delivery.NOT_PARKED, now);
  }

  private static JournalEntry.Parked parked(Delivery delivery, Parking parking) {
    return new JournalEntry.Parked(delivery, null, parking, JournalEntry.Receipt.NONE);
  }
}
