package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.lane.TenantBudget;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.rate.Rates;
import dev.anton.dispatcher.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Claims deliveries that wait for their endpoint: as many of each subscription as its lane has room
 * for, its tenant may have in flight and, if it has a rate, this replica has tokens for.
 */
final class WaitingDeliveries {

  private final ParkedRows rows;
  private final SubscriptionIndex index;
  private final Lanes lanes;
  private final Rates rates;

  WaitingDeliveries(ParkedRows rows, SubscriptionIndex index, Lanes lanes, Rates rates) {
    this.rows = rows;
    this.index = index;
    this.lanes = lanes;
    this.rates = rates;
  }

  /**
   * What was claimed.
   *
   * @param more whether there may be more at once
   * @param next when there are tokens again for what waits for a rate; null if nothing does
   */
  record Claim(List<ParkedRow> rows, boolean more, @Nullable Duration next) {}

  Claim claim(TenantBudget inFlight) {
    lanes.evictIdle();
    List<String> waiting = new ArrayList<>(rows.waitingSubscriptions());
    rates.onlyBehind(new HashSet<>(waiting));
    if (waiting.isEmpty()) {
      return new Claim(List.of(), false, null);
    }
    // Who comes first may take what the others would have liked to.
    Collections.shuffle(waiting);
    Map<String, Subscription> known = new HashMap<>();
    for (String id : waiting) {
      Optional<Subscription> found = index.find(id);
      found.ifPresent(subscription -> known.put(id, subscription));
    }
    Map<String, Integer> tokens = leaseTokens(known, inFlight);
    Map<String, Integer> rooms = rooms(waiting, known, tokens, inFlight);
    List<ParkedRow> claimed = rooms.isEmpty() ? List.of() : rows.claimWaiting(rooms);
    Duration next = tokens.isEmpty() ? null : rates.nextLook();
    return new Claim(claimed, settle(known, rooms, claimed), next);
  }

  private Map<String, Integer> leaseTokens(Map<String, Subscription> known, TenantBudget inFlight) {
    List<Rates.Backlog> backlogs = new ArrayList<>();
    for (Subscription subscription : known.values()) {
      if (subscription.maxRatePerSecond() != null) {
        String id = subscription.id();
        int room = Math.min(lanes.room(id), inFlight.left(subscription.tenant().id()));
        backlogs.add(new Rates.Backlog(subscription, room, lanes.queued(id)));
      }
    }
    return rates.leaseForParked(backlogs);
  }

  private Map<String, Integer> rooms(
      List<String> waiting,
      Map<String, Subscription> known,
      Map<String, Integer> tokens,
      TenantBudget inFlight) {
    Map<String, Integer> rooms = new HashMap<>();
    Map<String, Integer> tenants = new HashMap<>();
    int free = inFlight.leftForOthers();
    for (String id : waiting) {
      Subscription subscription = known.get(id);
      // Deliveries of a deleted subscription are claimed to be skipped.
      String tenant = subscription == null ? "" : subscription.tenant().id();
      int left = Math.min(free, tenants.computeIfAbsent(tenant, inFlight::left));
      int room = Math.min(left, tokens.getOrDefault(id, lanes.room(id)));
      if (room > 0) {
        rooms.put(id, room);
        tenants.merge(tenant, -room, Integer::sum);
        free -= room;
      }
    }
    return rooms;
  }

  /** Whether there may be more at once. */
  private boolean settle(
      Map<String, Subscription> known, Map<String, Integer> rooms, List<ParkedRow> claimed) {
    Map<String, Long> counts =
        claimed.stream()
            .map(row -> row.delivery().subscriptionId())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    boolean more = false;
    for (Map.Entry<String, Integer> room : rooms.entrySet()) {
      Subscription subscription = known.get(room.getKey());
      boolean isAll = counts.getOrDefault(room.getKey(), 0L) < room.getValue();
      if (subscription == null || subscription.maxRatePerSecond() == null) {
        more |= !isAll;
      } else if (isAll) {
        rates.caughtUp(subscription);
      } else {
        // If it was not the tokens that were too few.
        more |= room.getValue() >= lanes.room(room.getKey());
      }
    }
    return more;
  }
}
