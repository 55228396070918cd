package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.rate.Rates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParkingSettings.class)
class ParkingConfiguration {

  @Bean
  ParkedRows parkedRows(JdbcClient jdbc, Dispatcher dispatcher) {
    return new ParkedRows(jdbc, dispatcher.replica(), dispatcher.lease());
  }

  @Bean
  WaitingDeliveries waitingDeliveries(
      ParkedRows rows, SubscriptionIndex index, Lanes lanes, Rates rates) {
    return new WaitingDeliveries(rows, index, lanes, rates);
  }

  @Bean
  ParkedPoller parkedPoller(
      ParkedRows rows,
      WaitingDeliveries waiting,
      Dispatcher dispatcher,
      ParkingSettings settings,
      MeterRegistry meters) {
    ParkedPoller poller = new ParkedPoller(rows, waiting, dispatcher, settings);
    Gauge.builder("anton.parked.in.flight", poller, ParkedPoller::inFlight)
        .description("Parked deliveries that are being attempted")
        .register(meters);
    return poller;
  }

  /** Before the subscriptions are known, what is parked would seem to be for deleted ones. */
  @Bean
  RoundLoop parkedLoop(ParkedPoller poller, SubscriptionIndex index, ParkingSettings settings) {
    return new RoundLoop(
        "dispatcher-parked", () -> index.isLoaded() ? poller.round() : settings.pollInterval());
  }

  @Bean
  RoundLoop parkedSweepLoop(ParkedRows rows, SubscriptionIndex index, ParkingSettings settings) {
    return new RoundLoop("dispatcher-sweep", new ParkedSweep(rows, index, settings)::round);
  }

  @Bean
  ParkedMetrics parkedMetrics(ParkedRows rows, MeterRegistry meters) {
    return new ParkedMetrics(rows, meters);
  }
}
