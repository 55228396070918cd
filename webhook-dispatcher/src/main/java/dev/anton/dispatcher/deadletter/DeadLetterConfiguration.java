package dev.anton.dispatcher.deadletter;

import dev.anton.dispatcher.backbone.RecordSender;
import dev.anton.dispatcher.health.ExhaustedDeliveries;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.parking.ParkedRows;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

  @Bean
  RoundLoop deadLetterLoop(
      ParkedRows rows,
      RecordSender sender,
      Journal journal,
      ExhaustedDeliveries exhausted,
      Clock clock) {
    DeadLetterPublisher publisher = new DeadLetterPublisher(sender, journal, exhausted, clock);
    return new RoundLoop("dispatcher-dead-letters", new DeadLetterPoller(rows, publisher)::round);
  }
}
