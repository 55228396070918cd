package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.dispatcher.eventlog.LogPart;
import dev.anton.dispatcher.eventlog.Stretch;
import dev.anton.dispatcher.matching.EventFilters;
import dev.anton.dispatcher.matching.EventPattern;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Selects from the log: events that match the subscription as it is now, and of which the journal
 * has no delivery to it that was ever to be attempted.
 */
final class MissedEvents implements ReplaySource {

  /** Records looked at in one step, a second's worth at most. */
  private static final int LOOK = 20_000;

  private final EventLog log;
  private final ReadTopics topics;
  private final AttemptedEvents attempted;
  private final SubscriptionIndex subscriptions;
  private final EventFilters filters;

  MissedEvents(
      EventLog log,
      ReadTopics topics,
      AttemptedEvents attempted,
      SubscriptionIndex subscriptions,
      EventFilters filters) {
    this.log = log;
    this.topics = topics;
    this.attempted = attempted;
    this.subscriptions = subscriptions;
    this.filters = filters;
  }

  @Override
  public ReplayStep next(Replay replay, int limit) {
    ReplayOrder order = replay.order();
    Optional<Subscription> subscription =
        Optional.ofNullable(order.webhookId()).flatMap(subscriptions::find);
    if (subscription.isEmpty()) {
      return new ReplayStep(List.of(), replay.position(), 0, 0, 0, true, null);
    }
    if (replay.status().state() == ReplayState.QUEUED) {
      List<Stretch> all = log.between(topics.of(order.tenant()), order.from(), order.until());
      return step(List.of(), new LogPart(all, 0, 0, false));
    }
    Reader reader = new Reader(subscription.get(), order, limit);
    LogPart part = log.readOn(LogPositions.parse(replay.position()), reader);
    Set<String> known = attempted.of(subscription.get().id(), reader.matching);
    List<SelectedEvent> missed =
        reader.matching.stream()
            .filter(event -> !known.contains(event.event().id()))
            .map(event -> new SelectedEvent(subscription.get().id(), event))
            .toList();
    return step(missed, part);
  }

  private static ReplayStep step(List<SelectedEvent> missed, LogPart part) {
    return new ReplayStep(
        missed,
        LogPositions.format(part.rest()),
        part.read(),
        part.lost(),
        0,
        part.rest().isEmpty(),
        part.held() ? "events that are being taken in just now" : null);
  }

  /** Keeps the events that match, up to a limit. */
  private final class Reader implements Predicate<ConsumerRecord<byte[], byte[]>> {

    private final Subscription subscription;
    private final ReplayOrder order;
    private final int limit;
    private final List<InboundEvent> matching = new ArrayList<>();
    private int looked;

    Reader(Subscription subscription, ReplayOrder order, int limit) {
      this.subscription = subscription;
      this.order = order;
      this.limit = limit;
    }

    @Override
    public boolean test(ConsumerRecord<byte[], byte[]> record) {
      if (matching.size() == limit || looked == LOOK) {
        return false;
      }
      looked++;
      try {
        InboundEvent inbound = topics.check().read(record);
        if (isFor(inbound.event())) {
          matching.add(inbound);
        }
      } catch (UndecodableEventException e) {
        // It was put aside when it was taken in.
        return true;
      }
      return true;
    }

    private boolean isFor(EventRecord event) {
      List<String> asked = order.events();
      if (!event.tenant().equals(subscription.tenant())
          || !anyMatches(subscription.events(), event.type())
          || (asked != null && !anyMatches(asked, event.type()))) {
        return false;
      }
      EventFilters.Selection selection = filters.select(event, List.of(subscription));
      return !selection.matched().isEmpty() && selection.failed().isEmpty();
    }

    private static boolean anyMatches(List<String> patterns, String type) {
      return patterns.stream().anyMatch(pattern -> EventPattern.matches(pattern, type));
    }
  }
}
