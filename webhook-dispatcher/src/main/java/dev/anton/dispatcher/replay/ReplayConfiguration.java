package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.consume.ConsumeSettings;
import dev.anton.dispatcher.consume.EventTopics;
import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.dispatcher.journal.RequestedDeliveries;
import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.matching.EventFilters;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.lease.LeaseTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplaySettings.class)
class ReplayConfiguration {

  @Bean
  ReadTopics readTopics(ConsumeSettings settings) {
    return new ReadTopics(new EventTopics(settings.topics()));
  }

  @Bean
  LeaseTable replayLeases(JdbcClient jdbc, Dispatcher dispatcher, ReplaySettings settings) {
    return new LeaseTable(
        jdbc,
        new LeaseTable.Spec(
            "replay",
            "replay_id",
            ReplayRows.DUE,
            "wake_at",
            dispatcher.replica(),
            settings.lease()));
  }

  @Bean
  PastDeliveries pastDeliveries(
      CandidateRows rows,
      @Qualifier("backgroundEventLog") EventLog log,
      SubscriptionIndex subscriptions) {
    return new PastDeliveries(rows, new PastEvents(log), subscriptions);
  }

  @Bean
  MissedEvents missedEvents(
      @Qualifier("backgroundEventLog") EventLog log,
      ReadTopics topics,
      AttemptedEvents attempted,
      SubscriptionIndex subscriptions,
      EventFilters filters) {
    return new MissedEvents(log, topics, attempted, subscriptions, filters);
  }

  @Bean
  ReplayWork.Parts replayParts(
      ReplayRows rows,
      @Qualifier("replayLeases") LeaseTable leases,
      PastDeliveries journal,
      MissedEvents eventLog,
      RequestedDeliveries requested,
      TransactionTemplate transactions,
      SubscriptionIndex subscriptions) {
    return new ReplayWork.Parts(
        rows, leases, journal, eventLog, requested, transactions, subscriptions);
  }

  @Bean
  RoundLoop replayLoop(
      ReplayWork.Parts parts, ReplaySettings settings, Clock clock, MeterRegistry meters) {
    return new RoundLoop(
        "dispatcher-replay", new ReplayWork(parts, settings, clock, meters)::round);
  }
}
