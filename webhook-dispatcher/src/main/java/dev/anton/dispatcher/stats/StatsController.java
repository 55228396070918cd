package dev.anton.dispatcher.stats;

import dev.anton.api.duration.DurationText;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.stats.StatsView.Now;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@EnableConfigurationProperties(StatsSettings.class)
class StatsController {

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** As long as the journal is kept. */
  private static final Duration LONGEST = Duration.ofDays(30);

  /** PostgreSQL's query_canceled, which a statement's timeout is. */
  private static final String CANCELLED = "57014";

  private final WebhookStats stats;
  private final SubscriptionIndex subscriptions;
  private final Lanes lanes;
  private final Bounds bounds;
  private final Clock clock;

  StatsController(
      WebhookStats stats,
      SubscriptionIndex subscriptions,
      Lanes lanes,
      Bounds bounds,
      Clock clock) {
    this.stats = stats;
    this.subscriptions = subscriptions;
    this.lanes = lanes;
    this.bounds = bounds;
    this.clock = clock;
  }

  @GetMapping("/api/webhooks/{id}/stats")
  @Operation(
      summary = "How a webhook fares",
      description =
          """
          Over `window` until now (`1h`, `24h`, `7d`; one minute to 30 days). The newest 50,000 \
          deliveries of it are counted: where there are more, `complete` is false and `since` says \
          from when on the numbers are. 503 `stats-timeout` if the database takes too long.\
          """)
  StatsView stats(
      Tenant tenant, @PathVariable String id, @RequestParam(defaultValue = "24h") String window) {
    Duration length = DurationText.parse(window, "window", SHORTEST, LONGEST);
    Subscription subscription =
        subscriptions
            .find(id)
            .filter(found -> found.tenant().equals(tenant))
            .orElseThrow(() -> ProblemException.notFound("webhook", id));
    Instant until = clock.instant();
    Instant since = until.minus(length);
    return bounds.within(
        stats,
        () -> {
          WebhookStats.Counted counted = stats.count(tenant.id(), id, since);
          return new StatsView(
              id,
              window,
              Objects.requireNonNullElse(counted.since(), since),
              until,
              counted.since() == null,
              counted.deliveries(),
              counted.attempts(),
              counted.arrivalMs(),
              now(subscription));
        });
  }

  private Now now(Subscription subscription) {
    return new Now(
        subscription.status().name().toLowerCase(Locale.ROOT),
        stats.parked(subscription.id()),
        lanes.isBreakerOpen(subscription.id()),
        stats.failingSince(subscription.id(), subscription.url().toString()).orElse(null));
  }

  /** Reads within a time, or says that it took longer. */
  @Component
  static final class Bounds {

    private final TransactionTemplate transactions;
    private final Duration timeout;

    Bounds(PlatformTransactionManager transactions, StatsSettings settings) {
      this.transactions = new TransactionTemplate(transactions);
      this.transactions.setReadOnly(true);
      this.timeout = settings.timeout();
    }

    StatsView within(WebhookStats stats, Supplier<StatsView> reading) {
      try {
        return Objects.requireNonNull(
            transactions.execute(
                _ -> {
                  stats.bound(timeout);
                  return reading.get();
                }));
      } catch (DataAccessException e) {
        if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql
            && CANCELLED.equals(sql.getSQLState())) {
          throw ProblemException.unavailable(
              "stats-timeout", "Counting took too long; try again, or ask for a shorter window");
        }
        throw e;
      }
    }
  }
}
