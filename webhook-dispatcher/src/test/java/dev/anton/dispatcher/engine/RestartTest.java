package dev.anton.dispatcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.ReceivedRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.fixtures.PostgresBackend;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances that stop, start, and take over from one another. */
@BackendsTest(role = "dispatcher")
class RestartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final TestReceiver receiver = new TestReceiver();
  private final Tenant tenant = TestEvents.freshTenant();
  private final Map<String, Object> properties = new HashMap<>();
  private KafkaBackend kafka;
  private PostgresBackend postgres;
  private TestEvents events;
  private String group;

  @BeforeEach
  void usePrivateGroup(KafkaBackend kafka, PostgresBackend postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.events = new TestEvents(kafka, tenant);
    this.group = kafka.uniqueGroup();
    kafka.createTopics(Topics.definitions());
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void whatWasDeliveredIsNotDeliveredAgainAfterARestart() {
    Set<String> published = new HashSet<>();
    Subscription subscription;
    try (ConfigurableApplicationContext first = start()) {
      subscription = subscribe(first);
      for (int i = 0; i < 100; i++) {
        published.add(publish(i));
      }
      awaitDelivered(first, subscription, 100);
    }
    for (int i = 0; i < 100; i++) {
      published.add(publish(i));
    }
    try (ConfigurableApplicationContext second = start()) {
      subscribeAgain(second, subscription);
      awaitDelivered(second, subscription, 200);
    }
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void afterACrashThatLostTheCommitsTheJournalTellsWhatWasDelivered() throws Exception {
    Set<String> published = new HashSet<>();
    Subscription subscription;
    try (ConfigurableApplicationContext first = start()) {
      subscription = subscribe(first);
      for (int i = 0; i < 100; i++) {
        published.add(publish(i));
      }
      awaitDelivered(first, subscription, 100);
    }
    forgetCommits();
    try (ConfigurableApplicationContext second = start()) {
      subscribeAgain(second, subscription);
      String last = publish(1);
      published.add(last);
      awaitDelivered(second, subscription, 101);
      assertThat(new JournalView(second.getBean(JdbcClient.class)).matchesOf(last)).contains(1);
    }
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void parkedDeliveriesGoOutAfterARestartOnceTheSubscriptionsAreKnown() {
    receiver.answer("/", Answer.status(500));
    Subscription subscription;
    String id;
    try (ConfigurableApplicationContext first = start()) {
      subscription = subscribe(first, Duration.ofSeconds(2));
      id = publish(1);
      JdbcClient jdbc = first.getBean(JdbcClient.class);
      new JournalView(jdbc).awaitStatus("retrying", id, subscription.id());
      // As if it had been parked long before: what is new may wait for news of its subscription.
      jdbc.sql("update parked set parked_at = parked_at - interval '1 minute' where event_id = ?")
          .param(id)
          .update();
    }
    receiver.answer("/", Answer.ok());
    properties.put(TestSubscriptions.LOADED, false);
    try (ConfigurableApplicationContext second = start()) {
      JournalView journal = new JournalView(second.getBean(JdbcClient.class));
      awaitDue(second.getBean(JdbcClient.class), id);
      subscribeAgain(second, subscription);
      second.getBean(TestSubscriptions.class).loaded();
      journal.awaitStatus("delivered", id, subscription.id());
    }
  }

  @Test
  void twoInstancesShareTheWorkAndOneThatLeavesLosesNothing() {
    Set<String> published = new HashSet<>();
    try (ConfigurableApplicationContext first = start()) {
      Subscription subscription = subscribe(first);
      try (ConfigurableApplicationContext second = start()) {
        subscribeAgain(second, subscription);
        for (int i = 0; i < 300; i++) {
          published.add(publish(i));
        }
      }
      for (int i = 0; i < 100; i++) {
        published.add(publish(i));
      }
      awaitDelivered(first, subscription, 400);
    }
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void twoInstancesKeepARateTogether() {
    try (ConfigurableApplicationContext first = start();
        ConfigurableApplicationContext second = start()) {
      Subscription limited =
          first.getBean(TestSubscriptions.class).restrict(subscribe(first), null, false, 40);
      subscribeAgain(second, limited);
      for (int i = 0; i < 160; i++) {
        publish(i);
      }
      awaitDelivered(first, limited, 160);
    }
    List<Instant> times =
        receiver.requests("/").stream().map(ReceivedRequest::at).sorted().toList();
    assertThat(ids()).hasSize(160).doesNotHaveDuplicates();
    assertThat(Duration.between(times.getFirst(), times.getLast()))
        .isBetween(Duration.ofMillis(3_600), Duration.ofMillis(6_000));
  }

  @Test
  void theOrderOfAKeyOutlivesARestart() {
    receiver.answer("/", Answer.status(500));
    List<String> published = new ArrayList<>();
    Subscription subscription;
    try (ConfigurableApplicationContext first = start()) {
      subscription = subscribeInOrder(first, Duration.ofSeconds(2));
      for (int i = 0; i < 10; i++) {
        published.add(publish(1));
      }
      JournalView journal = new JournalView(first.getBean(JdbcClient.class));
      journal.awaitStatus("retrying", published.getFirst(), subscription.id());
      journal.awaitStatus("pending", published.getLast(), subscription.id());
    }
    receiver.answer("/", Answer.ok());
    properties.put(TestSubscriptions.LOADED, false);
    try (ConfigurableApplicationContext second = start()) {
      subscribeAgain(second, subscription);
      second.getBean(TestSubscriptions.class).loaded();
      for (int i = 0; i < 10; i++) {
        published.add(publish(1));
      }
      awaitDelivered(second, subscription, 20);
    }
    List<String> expected = new ArrayList<>(published);
    expected.addFirst(published.getFirst());
    assertThat(ids()).containsExactlyElementsOf(expected);
  }

  @Test
  void twoInstancesSendOneOfAKeyAtATimeAndInOrder() {
    Map<String, List<String>> published = new HashMap<>();
    ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();
    Set<String> overlapping = ConcurrentHashMap.newKeySet();
    receiver.decide(
        "/",
        request -> {
          String key = keyOf(request);
          if (underWay.merge(key, 1, Integer::sum) > 1) {
            overlapping.add(key);
          }
          return socket -> {
            underWay.merge(key, -1, Integer::sum);
            return Answer.ok().give(socket);
          };
        });
    try (ConfigurableApplicationContext first = start()) {
      Subscription subscription = subscribeInOrder(first);
      try (ConfigurableApplicationContext second = start()) {
        subscribeAgain(second, subscription);
        publishInTurn(150, published);
      }
      publishInTurn(50, published);
      awaitDelivered(first, subscription, 200);
    }
    assertThat(overlapping).isEmpty();
    Map<String, List<String>> received = new HashMap<>();
    for (ReceivedRequest request : receiver.requests("/")) {
      received.computeIfAbsent(keyOf(request), _ -> new ArrayList<>()).add(id(request));
    }
    assertThat(received).isEqualTo(published);
  }

  private void publishInTurn(int count, Map<String, List<String>> published) {
    for (int i = 0; i < count; i++) {
      String key = "k" + i % 7;
      String id = events.publish("order.paid", key, "{\"key\":\"" + key + "\"}").id();
      published.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
    }
  }

  private Subscription subscribeInOrder(
      ConfigurableApplicationContext context, Duration... retries) {
    Subscription subscription = subscribe(context, retries);
    return context.getBean(TestSubscriptions.class).restrict(subscription, null, true, null);
  }

  private ConfigurableApplicationContext start() {
    properties.put("spring.datasource.url", postgres.jdbcUrl());
    properties.put("spring.datasource.username", postgres.username());
    properties.put("spring.datasource.password", postgres.password());
    properties.put("spring.datasource.hikari.maximum-pool-size", 6);
    properties.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
    properties.put("spring.kafka.consumer.group-id", group);
    properties.put("anton.dispatcher.parking.poll-interval", "50ms");
    properties.put("management.endpoint.health.group.readiness.include", "db,kafka,consumer");
    properties.put("spring.jmx.enabled", false);
    return new SpringApplicationBuilder(EngineApplication.class)
        .web(WebApplicationType.NONE)
        .run(
            properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
  }

  private Subscription subscribe(ConfigurableApplicationContext context, Duration... retries) {
    return context
        .getBean(TestSubscriptions.class)
        .add(tenant, receiver.url("/"), "order.paid", retries);
  }

  private static void subscribeAgain(
      ConfigurableApplicationContext context, Subscription subscription) {
    context.getBean(TestSubscriptions.class).put(subscription);
  }

  private static void awaitDue(JdbcClient jdbc, String id) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql("select due_at < now() - interval '500 ms' from parked where event_id = ?")
                    .param(id)
                    .query(Boolean.class)
                    .single());
  }

  private String publish(int key) {
    return events.publish("order.paid", "k" + key, "{}").id();
  }

  private static void awaitDelivered(
      ConfigurableApplicationContext context, Subscription subscription, long count) {
    JournalView journal = new JournalView(context.getBean(JdbcClient.class));
    await()
        .atMost(PATIENCE)
        .until(() -> journal.deliveries(subscription.id(), "delivered") == count);
  }

  private List<String> ids() {
    return receiver.requests("/").stream().map(RestartTest::id).toList();
  }

  private static String id(ReceivedRequest request) {
    return request.header("webhook-id").orElseThrow();
  }

  private static String keyOf(ReceivedRequest request) {
    return request.text().replaceAll(".*\"key\":\"(k\\d+)\".*", "$1");
  }

  private void forgetCommits() throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetAndMetadata> earlier = new HashMap<>();
      committed.forEach(
          (partition, offset) ->
              earlier.put(partition, new OffsetAndMetadata(Math.max(0, offset.offset() - 20))));
      admin.alterConsumerGroupOffsets(group, earlier).all().get();
    }
  }
}
