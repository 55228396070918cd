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
  JournalEntry.Parked parked(String replayId, Instant now, String reason) {
    Delivery delivery =
        new Delivery(Ids.delivery(), subscriptionId, event, replayId, 0, Delivery.NOT_PARKED, now);
    return new JournalEntry.Parked(
        delivery, null, Parking.due(now, reason), JournalEntry.Receipt.NONE);
  }
}
