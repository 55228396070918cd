package dev.anton.dispatcher.deadletter;

import dev.anton.dispatcher.backbone.RecordSender;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.parking.ParkedRows;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

  @Bean
  RoundLoop deadLetterLoop(
      ParkedRows rows, RecordSender sender, Journal journal, SubscriptionIndex index, Clock clock) {
    DeadLetterPublisher publisher = new DeadLetterPublisher(sender, journal, index, clock);
    return new RoundLoop("dispatcher-dead-letters", new DeadLetterPoller(rows, publisher)::round);
  }
}
