package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.lane.Lanes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes up parked deliveries: those that are due, and those that wait for an endpoint with room in
 * its lane. It claims no more than it may have in flight. A due row whose lane has no room waits by
 * endpoint from then on, so that it is not claimed over and over.
 */
final class ParkedPoller {

  private final ParkedRows rows;
  private final Dispatcher dispatcher;
  private final Lanes lanes;
  private final ParkingSettings settings;
  private final AtomicInteger inFlight = new AtomicInteger();

  ParkedPoller(ParkedRows rows, Dispatcher dispatcher, Lanes lanes, ParkingSettings settings) {
    this.rows = rows;
    this.dispatcher = dispatcher;
    this.lanes = lanes;
    this.settings = settings;
  }

  /** Parked deliveries that are being attempted. */
  int inFlight() {
    return inFlight.get();
  }

  /** Takes up what it has room for, and says when to look again. */
  Duration round() {
    lanes.evictIdle();
    return poll() ? Duration.ZERO : settings.pollInterval();
  }

  /** Whether there may be more at once. */
  private boolean poll() {
    boolean more = false;
    int room = Math.min(settings.claim(), settings.inFlight() - inFlight.get());
    if (room > 0) {
      List<ParkedRow> due = rows.claimDue(room);
      due.forEach(this::resume);
      more = due.size() == room;
    }
    for (String subscription : rows.waitingSubscriptions()) {
      room = Math.min(settings.inFlight() - inFlight.get(), lanes.room(subscription));
      if (room > 0) {
        List<ParkedRow> waiting = rows.claimWaiting(subscription, room);
        waiting.forEach(this::resume);
        more |= waiting.size() == room && lanes.room(subscription) > 0;
      }
    }
    return more && inFlight.get() < settings.inFlight();
  }

  private void resume(ParkedRow row) {
    inFlight.incrementAndGet();
    dispatcher.resume(row.delivery(), inFlight::decrementAndGet);
  }
}
