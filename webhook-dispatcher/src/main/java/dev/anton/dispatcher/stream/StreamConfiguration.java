package dev.anton.dispatcher.stream;

import dev.anton.dispatcher.consume.ConsumeSettings;
import dev.anton.dispatcher.consume.EventTopics;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.dispatcher.eventlog.LogConsumers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
class StreamConfiguration {

  @Bean
  LastEvents lastEvents(JdbcClient jdbc, EventLog log, Clock clock, StreamSettings settings) {
    return new LastEvents(jdbc, log, clock, settings.window());
  }

  @Bean
  EventStreams eventStreams(
      LogConsumers consumers,
      LastEvents lastEvents,
      ConsumeSettings topics,
      StreamSettings settings,
      MeterRegistry meters) {
    StreamedEvents events = new StreamedEvents(new EventTopics(topics.topics()));
    return new EventStreams(
        new EventStreams.Log(
            new LiveTail(consumers, events), lastEvents, new CatchUp(consumers, events, settings)),
        settings,
        meters);
  }
}
