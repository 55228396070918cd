package dev.anton.dispatcher.health;

import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.SubscriptionDisabling;
import dev.anton.outbox.Outbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
class HealthConfiguration {

  @Bean
  EndpointHealth endpointHealth(HealthSettings settings, MeterRegistry meters) {
    EndpointHealth health = new EndpointHealth(settings);
    Gauge.builder("anton.endpoints.failing", health, EndpointHealth::failing)
        .description("Endpoints that fail and have not been delivered to since")
        .register(meters);
    return health;
  }

  @Bean
  OperationalEvents operationalEvents(Outbox outbox, MeterRegistry meters) {
    return new OperationalEvents(outbox, meters);
  }

  @Bean
  ExhaustedDeliveries exhaustedDeliveries(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      SubscriptionIndex index,
      OperationalEvents events,
      HealthSettings settings,
      Clock clock) {
    return new ExhaustedDeliveries(jdbc, transactions, index, events, settings, clock);
  }

  @Bean
  HealthRound.Records healthRecords(
      JdbcClient jdbc,
      ExhaustedDeliveries exhausted,
      OperationalEvents events,
      TransactionTemplate transactions) {
    return new HealthRound.Records(new FailingEndpoints(jdbc), exhausted, events, transactions);
  }

  @Bean
  RoundLoop healthLoop(
      EndpointHealth health,
      HealthRound.Records records,
      Lanes lanes,
      SubscriptionDisabling disabling,
      HealthSettings settings,
      Clock clock) {
    HealthRound round = new HealthRound(health, records, lanes, disabling, settings, clock);
    return new RoundLoop("dispatcher-health", round::round);
  }
}
