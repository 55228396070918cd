package dev.anton.dispatcher.ordering;

import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.parking.ParkingSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderingSettings.class)
class OrderingConfiguration {

  @Bean
  Turns turns() {
    return new Turns();
  }

  @Bean
  OrderedRows orderedRows(JdbcClient jdbc, Dispatcher dispatcher) {
    return new OrderedRows(jdbc, dispatcher.replica(), dispatcher.lease());
  }

  @Bean
  OrderedPoller orderedPoller(
      OrderedRows rows,
      Turns turns,
      Dispatcher dispatcher,
      Lanes lanes,
      OrderingSettings settings) {
    return new OrderedPoller(rows, turns, dispatcher, lanes, settings);
  }

  @Bean
  LineWalk lineWalk(OrderedRows rows, Turns turns, OrderingSettings settings) {
    return new LineWalk(rows, turns, settings);
  }

  @Bean
  MeterBinder orderedMeters(OrderedPoller poller, LineWalk walk) {
    return meters -> {
      Gauge.builder("anton.ordered.in.flight", poller, OrderedPoller::inFlight)
          .description("Deliveries whose turn it is and whose attempt is being made")
          .register(meters);
      Gauge.builder("anton.ordered.blocked.keys", walk, LineWalk::heldUp)
          .description("Keys whose first delivery waits for another attempt")
          .register(meters);
    };
  }

  /** Before the subscriptions are known, what stands in line would seem to be for deleted ones. */
  @Bean
  RoundLoop orderedLoop(
      OrderedPoller poller,
      LineWalk walk,
      Turns turns,
      SubscriptionIndex index,
      ParkingSettings parking) {
    RoundLoop loop =
        new RoundLoop(
            "dispatcher-ordered",
            () -> {
              if (!index.isLoaded()) {
                return parking.pollInterval();
              }
              walk.step();
              return poller.round() ? Duration.ZERO : parking.pollInterval();
            });
    turns.onNews(loop::wake);
    return loop;
  }

  @Bean
  RoundLoop orderedSweepLoop(OrderedRows rows, SubscriptionIndex index, ParkingSettings parking) {
    return new RoundLoop("dispatcher-ordered-sweep", new OrderedSweep(rows, index, parking)::round);
  }
}
