package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.backbone.UndecodableRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalSettings.class)
class JournalConfiguration {

  @Bean(destroyMethod = "close")
  BatchJournal journal(
      JournalSettings settings, BatchWriter writer, TurnListener turns, MeterRegistry meters) {
    return new BatchJournal(settings, writer, turns, meters);
  }

  @Bean
  BatchWriter batchWriter(
      DataSource dataSource, UndecodableRecords aside, Clock clock, MeterRegistry meters) {
    RefusedEntries refused = new RefusedEntries(dataSource, aside, meters);
    return new BatchWriter(
        new JournalTransaction(dataSource, JournalTransaction.TIMEOUT), refused, clock, meters);
  }

  @Bean
  JournaledDeliveries journaledDeliveries(DataSource dataSource) {
    return new JournaledDeliveries(dataSource);
  }

  @Bean
  RequestedDeliveries requestedDeliveries(JdbcTemplate jdbc, TurnListener turns, Clock clock) {
    return new RequestedDeliveries(jdbc, turns, clock);
  }

  @Bean
  PartitionMaintenance partitionMaintenance(
      DataSource dataSource, JournalSettings settings, Clock clock) {
    return new PartitionMaintenance(new DayPartitions(dataSource, settings, clock), settings);
  }
}
