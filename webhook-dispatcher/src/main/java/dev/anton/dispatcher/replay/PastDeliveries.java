package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.matching.EventPattern;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Selects from the journal: events whose deliveries ended in some way. */
final class PastDeliveries implements ReplaySource {

  private final CandidateRows rows;
  private final PastEvents events;
  private final SubscriptionIndex subscriptions;

  PastDeliveries(CandidateRows rows, PastEvents events, SubscriptionIndex subscriptions) {
    this.rows = rows;
    this.events = events;
    this.subscriptions = subscriptions;
  }

  @Override
  public ReplayStep next(Replay replay, int limit) {
    List<Candidate> candidates = rows.next(replay.order(), replay.position());
    List<Candidate> wanted = new ArrayList<>();
    String position = replay.position();
    long scanned = 0;
    long passedOver = 0;
    for (Candidate candidate : candidates) {
      if (wanted.size() == limit) {
        break;
      }
      position = candidate.position();
      scanned++;
      if (isWanted(candidate, replay.order())) {
        if (isDeliveredTo(candidate)) {
          wanted.add(candidate);
        } else {
          passedOver++;
        }
      }
    }
    Map<String, InboundEvent> found =
        events.find(wanted.stream().map(Candidate::delivery).toList());
    List<SelectedEvent> selected =
        wanted.stream()
            .filter(it -> found.containsKey(it.delivery().id()))
            .map(it -> select(it, found))
            .toList();
    boolean last = scanned == candidates.size() && candidates.size() < CandidateRows.PAGE;
    int gone = wanted.size() - selected.size();
    return new ReplayStep(selected, position, scanned, gone, passedOver, last, null);
  }

  private static SelectedEvent select(Candidate candidate, Map<String, InboundEvent> found) {
    return new SelectedEvent(
        candidate.delivery().subscriptionId(),
        Objects.requireNonNull(found.get(candidate.delivery().id())));
  }

  private static boolean isWanted(Candidate candidate, ReplayOrder order) {
    List<String> types = order.events();
    String webhook = order.webhookId();
    String reason = order.reason();
    return !candidate.arrivedOtherwise()
        && (webhook == null || webhook.equals(candidate.delivery().subscriptionId()))
        && (types == null
            || types.stream().anyMatch(it -> EventPattern.matches(it, candidate.eventType())))
        && (reason == null || hasReason(candidate, reason));
  }

  private static boolean hasReason(Candidate candidate, String reason) {
    String text = candidate.reason();
    return reason.equals(candidate.lastOutcome())
        || (text != null
            && text.toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)));
  }

  private boolean isDeliveredTo(Candidate candidate) {
    return subscriptions
        .find(candidate.delivery().subscriptionId())
        .filter(found -> found.status() == SubscriptionStatus.ACTIVE)
        .isPresent();
  }
}
