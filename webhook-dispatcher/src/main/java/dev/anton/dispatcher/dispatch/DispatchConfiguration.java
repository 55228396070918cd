package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.egress.AddedTrust;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.health.EndpointHealth;
import dev.anton.dispatcher.http.HttpLimits;
import dev.anton.dispatcher.http.WebhookClient;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.lane.LaneSettings;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.lane.TenantBudget;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.rate.Rates;
import dev.anton.dispatcher.subscription.SubscriptionDisabling;
import dev.anton.egress.VettedResolver;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HttpLimits.class, EgressProperties.class, LaneSettings.class})
class DispatchConfiguration {

  @Bean(destroyMethod = "close")
  WebhookClient webhookClient(
      HttpLimits limits,
      EgressProperties egress,
      VettedResolver resolver,
      SslBundles bundles,
      MeterRegistry meters) {
    String bundle = egress.sslBundle();
    WebhookClient client =
        new WebhookClient(
            limits, egress, resolver, bundle == null ? null : AddedTrust.context(bundle, bundles));
    Gauge.builder("anton.connections", client, WebhookClient::openConnections)
        .description("Connections to endpoints that are open")
        .register(meters);
    Gauge.builder("anton.unsent", client, WebhookClient::unsent)
        .description("Requests that wait for an event loop to send them")
        .register(meters);
    FunctionCounter.builder("anton.http.client.replaced", client, WebhookClient::replacements)
        .description("How often all connections were made anew because an event loop had died")
        .register(meters);
    FunctionCounter.builder("anton.http.proxy.failures", client, WebhookClient::proxyFailures)
        .description("Attempts that the proxy did not lead to their endpoint")
        .register(meters);
    return client;
  }

  /** There is a tracer if tracing is on; without one, nothing is asked of one. */
  @Bean
  AttemptSender attemptSender(WebhookClient client, ObjectProvider<Tracer> tracers) {
    Tracer tracer = tracers.getIfAvailable();
    return tracer == null
        ? (subscriptionId, request, listener) -> client.send(request, listener)
        : new TracedSender(client, tracer);
  }

  @Bean
  HealthIndicator httpHealthIndicator(WebhookClient client) {
    return new HttpHealthIndicator(client);
  }

  @Bean
  Lanes lanes(LaneSettings settings, MeterRegistry meters) {
    Lanes lanes = new Lanes(settings);
    Gauge.builder("anton.lanes", lanes, Lanes::size)
        .description("Endpoints that were delivered to lately")
        .register(meters);
    Gauge.builder("anton.lanes.running", lanes, Lanes::running)
        .description("Attempts that are unanswered for less than a second")
        .register(meters);
    Gauge.builder("anton.lanes.slow", lanes, Lanes::slow)
        .description("Attempts that are unanswered for longer")
        .register(meters);
    Gauge.builder("anton.lanes.queued", lanes, Lanes::queued)
        .description("Deliveries that wait in memory for a slot")
        .register(meters);
    Gauge.builder("anton.lanes.breakers.open", lanes, Lanes::openBreakers)
        .description("Endpoints that are left alone for now")
        .register(meters);
    return lanes;
  }

  @Bean
  Conclusions conclusions(
      Journal journal,
      SubscriptionDisabling disabling,
      EndpointHealth health,
      MeterRegistry meters,
      Clock clock) {
    return new Conclusions(
        journal, new GoneEndpoints(disabling), health, new DispatchMetrics(meters), clock);
  }

  @Bean
  Admission admission(
      Lanes lanes,
      Rates rates,
      @Value("${anton.dispatcher.max-in-flight:8192}") int maxInFlight,
      MeterRegistry meters) {
    TenantBudget firstAttempts = new TenantBudget(maxInFlight);
    Gauge.builder("anton.first.attempts.in.flight", firstAttempts, TenantBudget::used)
        .description("First attempts that wait in memory or are unanswered for less than a second")
        .register(meters);
    return new Admission(lanes, rates, firstAttempts);
  }

  @Bean
  Dispatcher dispatcher(
      SubscriptionIndex index,
      Admission admission,
      AttemptSender sender,
      Conclusions conclusions,
      LeaseClock time) {
    return new Dispatcher(index, admission, sender, conclusions, time);
  }

  @Bean
  LeaseClock leaseClock(Clock clock, HttpLimits limits) {
    // As long again as the longest attempt, for the journal to be written.
    return new LeaseClock(clock, limits.deadline().multipliedBy(2));
  }

  @Bean
  Probe probe(AttemptSender sender, Clock clock) {
    return new Probe(sender, clock);
  }

  @Bean
  DispatcherDrain dispatcherDrain(Dispatcher dispatcher) {
    return new DispatcherDrain(dispatcher);
  }
}
