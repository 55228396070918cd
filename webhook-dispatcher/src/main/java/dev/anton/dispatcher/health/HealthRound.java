package dev.anton.dispatcher.health;

import dev.anton.dispatcher.health.EndpointHealth.Recovered;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.subscription.SubscriptionDisabling;
import dev.anton.schemas.time.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what this replica saw of endpoints, reads what the others wrote, and draws the
 * consequences: whoever works again is told of, whoever failed for too long is disabled.
 */
final class HealthRound {

  /**
   * How long an endpoint that is to be disabled is watched: what another replica just delivered to
   * it is written down by then.
   */
  private static final int ROUNDS_OF_GRACE = 3;

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(5);

  /** Beyond it nobody asks any more when an owner was last told. */
  private static final Duration ROWS_KEPT = Duration.ofDays(1);

  private final EndpointHealth health;
  private final Records records;
  private final Lanes lanes;
  private final SubscriptionDisabling disabling;
  private final HealthSettings settings;
  private final Clock clock;
  private Instant purgedAt = Instant.EPOCH;

  HealthRound(
      EndpointHealth health,
      Records records,
      Lanes lanes,
      SubscriptionDisabling disabling,
      HealthSettings settings,
      Clock clock) {
    this.health = health;
    this.records = records;
    this.lanes = lanes;
    this.disabling = disabling;
    this.settings = settings;
    this.clock = clock;
  }

  /** Where all of it is written. */
  record Records(
      FailingEndpoints failing,
      ExhaustedDeliveries exhausted,
      OperationalEvents events,
      TransactionTemplate transactions) {}

  /** Says when to come by again. */
  Duration round() {
    Instant now = clock.instant();
    List<FailingEndpoint> suspects = health.suspects(now, lanes::isBreakerOpen);
    if (!suspects.isEmpty()) {
      records.failing().start(suspects, now);
      health.written(suspects);
    }
    health.failing(records.failing().all());
    List<Recovered> recovered = health.recovered();
    if (!recovered.isEmpty()) {
      recovered.forEach(this::tell);
      health.failing(records.failing().all());
    }
    Instant grace = now.minus(settings.interval().multipliedBy(ROUNDS_OF_GRACE));
    health.overdue(grace).forEach(id -> disable(id, now));
    records.exhausted().tell(now);
    tidy(now);
    return settings.interval();
  }

  private void tell(Recovered recovered) {
    FailingEndpoint endpoint = recovered.endpoint();
    Instant quiet = recovered.succeeded().minus(settings.toldEvery());
    records
        .transactions()
        .executeWithoutResult(
            status -> {
              boolean told =
                  records.failing().stop(endpoint, recovered.succeeded(), quiet).orElse(false);
              if (told) {
                records.events().recovered(endpoint, recovered.succeeded());
              }
            });
  }

  private void disable(String subscriptionId, Instant now) {
    FailingEndpoint endpoint = health.find(subscriptionId);
    if (endpoint != null) {
      if (records.failing().isFailingSince(subscriptionId, now.minus(settings.disableAfter()))) {
        disabling.disable(
            subscriptionId,
            "Every delivery has failed since " + Timestamps.format(endpoint.since()));
      }
      // Also without it: then it was paused or changed meanwhile, and its time begins anew.
      records.failing().forget(subscriptionId);
    }
    health.settled(subscriptionId);
  }

  private void tidy(Instant now) {
    if (purgedAt.plus(PURGE_INTERVAL).isBefore(now)) {
      purgedAt = now;
      health.forgetSuccesses(now.minus(settings.failingAfter()).minus(PURGE_INTERVAL));
      records.failing().purge(now.minus(ROWS_KEPT));
      records.exhausted().purge(now.minus(ROWS_KEPT));
    }
  }
}
