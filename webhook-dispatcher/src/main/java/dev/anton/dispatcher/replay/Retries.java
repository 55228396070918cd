package dev.anton.dispatcher.replay;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.dispatcher.journal.JournalEntry.Parked;
import dev.anton.dispatcher.journal.RequestedDeliveries;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Another attempt of one delivery. A finished one stays as it is, its attempts and its dead letter
 * included: the event is delivered anew, under a replay id of its own and with all attempts that
 * the subscription's schedule has. One that is still on its way is made due.
 */
@Component
class Retries {

  private final RetryRows rows;
  private final PastEvents events;
  private final RequestedDeliveries requested;
  private final ReplayTargets targets;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Retries(
      RetryRows rows,
      EventLog log,
      RequestedDeliveries requested,
      ReplayTargets targets,
      TransactionTemplate transactions,
      Clock clock) {
    this.rows = rows;
    this.events = new PastEvents(log);
    this.requested = requested;
    this.targets = targets;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Starts another attempt.
   *
   * @throws ProblemException if there is no such delivery, its webhook is not delivered to, an
   *     attempt is being made, or its event is no longer on Kafka
   */
  RetryView retry(Tenant tenant, String deliveryId) {
    PastDelivery delivery =
        rows.find(tenant, deliveryId)
            .orElseThrow(() -> ProblemException.notFound("delivery", deliveryId));
    targets.deliveredTo(tenant, delivery.subscriptionId());
    return switch (delivery.status()) {
      case PENDING, RETRYING -> hurry(delivery);
      case DELIVERED, DEAD, SKIPPED -> again(delivery, "retried on request");
    };
  }

  /**
   * Delivers a dead letter's event anew.
   *
   * @throws ProblemException if there is no such dead letter, its webhook is not delivered to, or
   *     retention has taken it
   */
  RetryView deadLetter(Tenant tenant, String deadLetterId) {
    PastDelivery delivery =
        rows.findDeadLetter(tenant, deadLetterId)
            .orElseThrow(() -> ProblemException.notFound("dead letter", deadLetterId));
    targets.deliveredTo(tenant, delivery.subscriptionId());
    return again(delivery, "a dead letter, replayed on request");
  }

  /** Delivers the event of a finished delivery anew. */
  private RetryView again(PastDelivery delivery, String reason) {
    InboundEvent event = events.find(List.of(delivery)).get(delivery.id());
    if (event == null) {
      throw new ProblemException(
          HttpStatus.GONE,
          "payload-gone",
          "The event "
              + delivery.eventId()
              + " is no longer on Kafka, whose retention removed it; it cannot be delivered again",
          List.of());
    }
    Instant now = clock.instant();
    String replayId = Ids.next(Replays.ID_PREFIX);
    Parked again = new SelectedEvent(delivery.subscriptionId(), event).due(replayId, now, reason);
    transactions.executeWithoutResult(_ -> requested.park(List.of(again)));
    return RetryView.again(delivery, again.delivery().id(), replayId);
  }

  private RetryView hurry(PastDelivery delivery) {
    boolean hurried = Boolean.TRUE.equals(transactions.execute(_ -> rows.hurry(delivery)));
    if (!hurried && rows.isBehind(delivery)) {
      throw ProblemException.conflict(
          "delivery-behind",
          "The webhook is ordered and an earlier delivery of the same key is not over yet; retry"
              + " that one");
    }
    if (!hurried) {
      throw ProblemException.conflict(
          "delivery-in-progress",
          "An attempt of this delivery is being made right now, or it was its last and the delivery"
              + " is on its way to the dead letters; look again in some seconds");
    }
    return RetryView.hurried(delivery);
  }
}
