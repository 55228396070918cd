package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.backbone.UndecodableRecords;
import dev.anton.dispatcher.delivery.EventObserver;
import dev.anton.dispatcher.dispatch.Dispatcher;
import dev.anton.dispatcher.http.WebhookClient;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.JournaledDeliveries;
import dev.anton.dispatcher.matching.EventFilters;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.offset.InFlight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsumeSettings.class)
class ConsumeConfiguration {

  @Bean
  InFlight inFlight(MeterRegistry meters) {
    InFlight inFlight = new InFlight();
    Gauge.builder("anton.in.flight", inFlight, InFlight::parts)
        .description("Deliveries and journal rows of records that are not done")
        .register(meters);
    Gauge.builder("anton.in.flight.bytes", inFlight, InFlight::bytes)
        .description("Bytes of records that are not done")
        .baseUnit("bytes")
        .register(meters);
    return inFlight;
  }

  @Bean
  ConsumerState consumerState(MeterRegistry meters) {
    ConsumerState state = new ConsumerState();
    Gauge.builder("anton.uncommitted.span", state, ConsumerState::span)
        .description("Offsets between what is committed and what was read, of the worst partition")
        .register(meters);
    return state;
  }

  @Bean
  EventFilters eventFilters(MeterRegistry meters) {
    return new EventFilters(meters);
  }

  @Bean
  Intake intake(
      SubscriptionIndex index,
      EventFilters filters,
      Dispatcher dispatcher,
      Journal journal,
      UndecodableRecords undecodable,
      ObjectProvider<EventObserver> observers) {
    return new Intake(
        index, filters, dispatcher, journal, undecodable, observers.orderedStream().toList());
  }

  @Bean
  EventConsumer eventConsumer(
      SubscriptionIndex index,
      Intake intake,
      JournaledDeliveries journaled,
      ConsumerFacts facts,
      ConsumerState state) {
    EventTopics topics = new EventTopics(facts.settings().topics());
    EventCheck check = new EventCheck(topics);
    return new EventConsumer(
        index,
        () -> consumer(facts.kafka()),
        consumer -> {
          Assignment assignment = new Assignment(facts.inFlight());
          Backlog.Room room =
              new Backlog.Room(facts.inFlight(), facts.client()::unsent, facts.settings());
          Backlog backlog = new Backlog(check, intake, journaled, assignment, room);
          return new PollLoop(
              new PollLoop.Member(consumer, new Membership(System::nanoTime)),
              assignment,
              backlog,
              facts.settings(),
              state);
        },
        topics,
        state);
  }

  @Bean
  ConsumerFacts consumerFacts(
      KafkaProperties kafka, ConsumeSettings settings, InFlight inFlight, WebhookClient client) {
    return new ConsumerFacts(kafka, settings, inFlight, client);
  }

  @Bean
  ConsumerHealthIndicator consumerHealthIndicator(ConsumerState state) {
    return new ConsumerHealthIndicator(state);
  }

  /** What a consumer is made from. */
  record ConsumerFacts(
      KafkaProperties kafka, ConsumeSettings settings, InFlight inFlight, WebhookClient client) {}

  private static Consumer<byte[], byte[]> consumer(KafkaProperties kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, ConsumerGroup.of(kafka));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A group that is new, or that was away for longer than the retention, misses nothing.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Backlog.MAX_POLL);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    // Topics that match a pattern are found within this time after they were created.
    settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    settings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
