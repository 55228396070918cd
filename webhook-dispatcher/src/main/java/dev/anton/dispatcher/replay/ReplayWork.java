package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.RequestedDeliveries;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes replays further, step by step. A step is leased; what it enqueues and where the next begins
 * commit together, under the replay's lock and with the lease's fencing token. A replica that dies
 * in a step leaves nothing of it, and another makes it again when the lease has ended.
 */
final class ReplayWork {

  private static final Logger log = LoggerFactory.getLogger(ReplayWork.class);

  /** Deliveries made in one transaction: its events are held in memory, 256 KiB each at most. */
  private static final int STEP = 100;

  private static final String REASON = "replayed on request";

  /** Until there is room for more, or what is waited for has happened. */
  private static final Duration SHORT_WAIT = Duration.ofMillis(500);

  private static final Duration LONG_WAIT = Duration.ofSeconds(5);

  /** What a step works with. */
  record Parts(
      ReplayRows rows,
      LeaseTable leases,
      ReplaySource journal,
      ReplaySource eventLog,
      RequestedDeliveries requested,
      TransactionTemplate transactions,
      SubscriptionIndex subscriptions) {}

  private final Parts parts;
  private final ReplaySettings settings;
  private final Clock clock;
  private final MeterRegistry meters;
  private Instant nextPurge = Instant.EPOCH;

  ReplayWork(Parts parts, ReplaySettings settings, Clock clock, MeterRegistry meters) {
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
  }

  /** Makes one step of whichever replay waited longest, and says when to look again. */
  Duration round() {
    if (!parts.subscriptions().isLoaded()) {
      return settings.pollInterval();
    }
    purge();
    List<Lease> due = parts.leases().claim(1);
    for (Lease lease : due) {
      try {
        step(lease, parts.rows().get(lease));
      } catch (RuntimeException e) {
        count("error");
        log.warn(
            "Replay {} could not go on and tries again: {}",
            lease.id(),
            NestedExceptionUtils.getMostSpecificCause(e).toString());
        parts
            .rows()
            .postpone(lease, LONG_WAIT, "the event log or the journal, which did not answer");
      }
    }
    return due.isEmpty() ? settings.pollInterval() : Duration.ZERO;
  }

  private void step(Lease lease, Replay replay) {
    Optional<Hindrance> hindrance = hindrance(replay.order());
    if (hindrance.isPresent()) {
      stop(lease, hindrance.get());
      return;
    }
    int room = settings.inFlight() - parts.rows().unattempted(replay.id(), settings.inFlight());
    if (room <= 0) {
      await(lease, "deliveries of it that were not attempted yet");
      return;
    }
    int inLine = settings.inLine() - parts.rows().parked(replay.id(), settings.inLine());
    if (inLine <= 0) {
      await(lease, "deliveries of it that are not over yet");
      return;
    }
    int limit = Math.min(Math.min(room, inLine), Math.min(STEP, replay.order().maxRate()));
    ReplaySource source =
        replay.order().selection() == ReplaySelection.MISSED ? parts.eventLog() : parts.journal();
    enqueue(lease, replay, source.next(replay, limit));
  }

  private void await(Lease lease, String waitsFor) {
    count("waited");
    parts.rows().postpone(lease, SHORT_WAIT, waitsFor);
  }

  private void enqueue(Lease lease, Replay replay, ReplayStep step) {
    Instant now = clock.instant();
    List<JournalEntry.Parked> deliveries =
        step.selected().stream()
            .map(
                it ->
                    isOrdered(it)
                        ? it.inLine(replay.id(), now, REASON)
                        : it.due(replay.id(), now, REASON))
            .toList();
    Integer enqueued =
        parts
            .transactions()
            .execute(
                _ -> {
                  if (!parts.rows().hold(lease)) {
                    return null;
                  }
                  int added = parts.requested().park(deliveries);
                  parts.rows().advance(lease, step, added, pause(step, replay.order().maxRate()));
                  return added;
                });
    if (enqueued == null) {
      count("fenced");
      return;
    }
    count("made");
    meters.counter("anton.replay.deliveries").increment(enqueued);
    meters.counter("anton.replay.gone").increment((double) step.gone());
    if (step.isLast()) {
      log.info("Replay {} has enqueued all that it selects", replay.id());
    }
  }

  private boolean isOrdered(SelectedEvent event) {
    return parts
        .subscriptions()
        .find(event.subscriptionId())
        .filter(Subscription::ordered)
        .isPresent();
  }

  /** So long that what was enqueued keeps to the rate. */
  private static Duration pause(ReplayStep step, int maxRate) {
    if (step.waitsFor() != null) {
      return SHORT_WAIT;
    }
    return Duration.ofMillis(step.selected().size() * 1000L / maxRate);
  }

  /** Why a replay cannot go on now, or ever. */
  private record Hindrance(String reason, boolean forGood) {}

  private Optional<Hindrance> hindrance(ReplayOrder order) {
    String webhook = order.webhookId();
    if (webhook == null) {
      return Optional.empty();
    }
    Optional<Subscription> found = parts.subscriptions().find(webhook);
    if (found.isEmpty()) {
      return Optional.of(new Hindrance("The webhook was deleted", true));
    }
    return found.get().status() == SubscriptionStatus.ACTIVE
        ? Optional.empty()
        : Optional.of(new Hindrance("its webhook, which is paused or disabled", false));
  }

  private void stop(Lease lease, Hindrance hindrance) {
    if (hindrance.forGood()) {
      count("failed");
      parts.rows().fail(lease, hindrance.reason());
    } else {
      count("waited");
      parts.rows().postpone(lease, LONG_WAIT, hindrance.reason());
    }
  }

  private void purge() {
    Instant now = clock.instant();
    if (!now.isBefore(nextPurge)) {
      nextPurge = now.plus(Duration.ofHours(1));
      parts.rows().purge(now.minus(settings.retention()));
    }
  }

  private void count(String result) {
    meters.counter("anton.replay.steps", "result", result).increment();
  }
}
