package dev.anton.dispatcher.ordering;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.parking.ParkedRow;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives deliveries their turn: claims who is first in a line, no more than their endpoints have
 * room for. What fails then, or is turned away after all, is taken up again as anything that is
 * parked, and its line waits.
 */
final class OrderedPoller {

  private final OrderedRows rows;
  private final Turns turns;
  private final Dispatcher dispatcher;
  private final Lanes lanes;
  private final OrderingSettings settings;
  private final AtomicInteger inFlight = new AtomicInteger();

  OrderedPoller(
      OrderedRows rows,
      Turns turns,
      Dispatcher dispatcher,
      Lanes lanes,
      OrderingSettings settings) {
    this.rows = rows;
    this.turns = turns;
    this.dispatcher = dispatcher;
    this.lanes = lanes;
    this.settings = settings;
  }

  /** Deliveries whose turn it is and whose attempt is being made. */
  int inFlight() {
    return inFlight.get();
  }

  /**
   * Looks at some lines.
   *
   * @return whether there may be more to do at once
   */
  boolean round() {
    int room = Math.min(settings.claim(), settings.inFlight() - inFlight.get());
    if (room <= 0) {
      return false;
    }
    List<Line> lines = turns.take(room, lanes::room);
    if (lines.isEmpty()) {
      return false;
    }
    List<ParkedRow> claimed;
    try {
      claimed = rows.claim(lines);
    } catch (RuntimeException e) {
      lines.forEach(turns::add);
      throw e;
    }
    for (ParkedRow row : claimed) {
      inFlight.incrementAndGet();
      dispatcher.resume(
          row.delivery(),
          () -> {
            inFlight.decrementAndGet();
            turns.roomIsFree();
          });
    }
    return true;
  }
}
