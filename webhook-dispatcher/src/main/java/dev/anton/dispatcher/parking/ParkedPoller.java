package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.lane.TenantBudget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes up parked deliveries: those that are due, and those that wait for an endpoint with room in
 * its lane. It claims no more than it may have in flight, of one tenant no more than its share. A
 * due row whose lane has no room waits by endpoint from then on, so that it is not claimed over and
 * over.
 */
final class ParkedPoller {

  private final ParkedRows rows;
  private final WaitingDeliveries waiting;
  private final Dispatcher dispatcher;
  private final ParkingSettings settings;
  private final TenantBudget inFlight;

  ParkedPoller(
      ParkedRows rows, WaitingDeliveries waiting, Dispatcher dispatcher, ParkingSettings settings) {
    this.rows = rows;
    this.waiting = waiting;
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.inFlight = new TenantBudget(settings.inFlight());
  }

  /** Parked deliveries that are being attempted. */
  int inFlight() {
    return inFlight.used();
  }

  /** Takes up what it has room for, and says when to look again. */
  Duration round() {
    boolean more = claimDue();
    WaitingDeliveries.Claim claim = waiting.claim(inFlight);
    for (ParkedRow row : claim.rows()) {
      inFlight.take(row.tenant());
      dispatcher.resumeWaiting(row.delivery(), () -> inFlight.giveBack(row.tenant()));
    }
    if ((more || claim.more()) && room() > 0) {
      return Duration.ZERO;
    }
    Duration next = claim.next();
    return next != null && next.compareTo(settings.pollInterval()) < 0
        ? next
        : settings.pollInterval();
  }

  /** Whether there may be more at once. */
  private boolean claimDue() {
    int room = room();
    if (room <= 0) {
      return false;
    }
    List<ParkedRow> due = rows.claimDue(room, inFlight.left(), inFlight.leftForOthers());
    for (ParkedRow row : due) {
      inFlight.take(row.tenant());
      dispatcher.resume(row.delivery(), () -> inFlight.giveBack(row.tenant()));
    }
    Map<String, Long> tenants =
        due.stream()
            .map(ParkedRow::tenant)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return tenants.values().stream().anyMatch(count -> count >= room / tenants.size());
  }

  private int room() {
    return Math.min(settings.claim(), settings.inFlight() - inFlight.used());
  }
}
