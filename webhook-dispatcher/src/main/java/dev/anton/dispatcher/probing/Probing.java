package dev.anton.dispatcher.probing;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.dispatch.Probe;
import dev.anton.dispatcher.http.HttpLimits;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.WebhookEvent;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.EventRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Sends {@code webhook.test} to an endpoint and waits for the outcome. The event goes to that
 * endpoint alone, whatever it subscribed to and be it paused: it is neither published nor
 * journaled, and is not tried again.
 */
@Component
@EnableConfigurationProperties(ProbingSettings.class)
class Probing {

  private static final String SOURCE = "/webhook-dispatcher";
  private static final String WHY = "This is a test delivery";

  /** An exchange ends within its deadline; whoever waits longer waits for nothing. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final SubscriptionIndex subscriptions;
  private final Probe probe;
  private final ProbeSlots slots;
  private final Duration patience;
  private final Clock clock;
  private final MeterRegistry meters;

  Probing(
      SubscriptionIndex subscriptions,
      Probe probe,
      ProbingSettings settings,
      HttpLimits limits,
      Clock clock,
      MeterRegistry meters) {
    this.subscriptions = subscriptions;
    this.probe = probe;
    this.slots = new ProbeSlots(settings);
    this.patience = limits.deadline().plus(GRACE);
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Makes one attempt.
   *
   * @throws ProblemException if there is no such registered webhook, or too many tests run
   */
  ProbeView test(Tenant tenant, String webhookId) {
    Subscription subscription =
        subscriptions
            .find(webhookId)
            .filter(found -> found.tenant().equals(tenant) && found.subject() == null)
            .orElseThrow(() -> ProblemException.notFound("webhook", webhookId));
    if (!slots.take(tenant)) {
      count("turned_away");
      throw new ProblemException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-tests",
          "Too many test deliveries are waiting for their endpoints; try again in some seconds",
          List.of());
    }
    try {
      EventRecord event = event(subscription);
      Attempt attempt = await(event, subscription);
      count(attempt.outcome().name());
      return ProbeView.of(subscription, event, attempt);
    } finally {
      slots.giveBack(tenant);
    }
  }

  private EventRecord event(Subscription subscription) {
    WebhookEvent.Test data =
        new WebhookEvent.Test(subscription.id(), subscription.url().toString(), WHY);
    return new EventRecord(
        Ids.event(),
        EventTypes.nameOf(data),
        SOURCE,
        clock.instant(),
        subscription.id(),
        subscription.tenant(),
        subscription.id(),
        null,
        null,
        WireJson.write(data));
  }

  private Attempt await(EventRecord event, Subscription subscription) {
    try {
      return probe.send(event, subscription).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw ProblemException.unavailable(
          "test-not-answered", "The test delivery did not come to an end in time; try again");
    } catch (ExecutionException e) {
      throw new IllegalStateException("A probe has an outcome, whatever happens", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("unavailable", "The service is stopping; try again");
    }
  }

  private void count(String outcome) {
    meters.counter("anton.webhook.tests", "outcome", outcome).increment();
  }
}
