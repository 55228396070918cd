package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.backbone.UndecodableRecords;
import dev.anton.dispatcher.delivery.EventObserver;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.matching.EventFilters;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.offset.OffsetTracker;
import dev.anton.dispatcher.offset.TrackedRecord;
import dev.anton.dispatcher.subscription.Subscription;
import java.util.List;
import java.util.Set;

/** Takes a record apart into deliveries; the record is done when each of them is durable. */
final class Intake implements Backlog.Outlet {

  private final SubscriptionIndex index;
  private final EventFilters filters;
  private final Dispatcher dispatcher;
  private final Journal journal;
  private final UndecodableRecords undecodable;
  private final List<EventObserver> observers;

  Intake(
      SubscriptionIndex index,
      EventFilters filters,
      Dispatcher dispatcher,
      Journal journal,
      UndecodableRecords undecodable,
      List<EventObserver> observers) {
    this.index = index;
    this.filters = filters;
    this.dispatcher = dispatcher;
    this.journal = journal;
    this.undecodable = undecodable;
    this.observers = List.copyOf(observers);
  }

  @Override
  public boolean accept(ReadRecord read, OffsetTracker tracker, Set<String> journaled) {
    return switch (read) {
      case ReadRecord.Unreadable unreadable -> {
        TrackedRecord tracked = tracker.track(read.offset(), 1, read.bytes());
        undecodable.putAside(unreadable.record(), unreadable.reason(), tracked::partDone);
        yield true;
      }
      case ReadRecord.Event event -> deliver(event, tracker, journaled);
    };
  }

  private boolean deliver(ReadRecord.Event read, OffsetTracker tracker, Set<String> journaled) {
    InboundEvent inbound = read.inbound();
    List<Subscription> candidates = index.match(inbound.event());
    if (!index.isCurrent()) { // asked behind the match: a stall in between shows
      return false;
    }
    EventFilters.Selection selection = filters.select(inbound.event(), candidates);
    List<Subscription> matched = selection.matched();
    List<Subscription> open =
        journaled.isEmpty()
            ? matched
            : matched.stream().filter(match -> !journaled.contains(match.id())).toList();
    TrackedRecord tracked = tracker.track(read.offset(), 1 + open.size(), read.bytes());
    Receipt receipt = tracked::partDone;
    journal.append(new JournalEntry.Seen(inbound, matched.size(), selection.filtered(), receipt));
    if (!matched.isEmpty()) {
      observers.forEach(observer -> observer.seen(inbound.event()));
    }
    for (Subscription subscription : open) {
      String failed = selection.failed().get(subscription.id());
      if (failed == null) {
        dispatcher.deliver(inbound, subscription, receipt);
      } else {
        dispatcher.skip(inbound, subscription, failed, receipt);
      }
    }
    return true;
  }
}
