package dev.anton.dispatcher.rate;

import dev.anton.dispatcher.lane.Lane;
import dev.anton.dispatcher.lane.LaneSettings;
import dev.anton.dispatcher.lane.LaneTask;
import dev.anton.dispatcher.lane.Lanes;
import dev.anton.dispatcher.lane.Pace;
import dev.anton.dispatcher.lane.Refusal;
import dev.anton.dispatcher.lane.Verdict;
import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.dispatcher.subscription.RetrySchedule;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.schemas.id.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** The lanes and the rates of one replica, with endpoints that answer at once. */
final class Replica {

  private static final Tenant TENANT = new Tenant("acme");

  final Rates rates;
  final Lanes lanes;
  final Map<String, Queue<Long>> starts = new ConcurrentHashMap<>();
  final Map<String, Queue<Refusal>> refusals = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  Replica(RateSchedule schedule, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.rates = new Rates(schedule, settings(), nanoTime, new SimpleMeterRegistry());
    this.lanes =
        new Lanes(
            new LaneSettings(
                64,
                16,
                1024,
                512,
                Duration.ofMinutes(2),
                new LaneSettings.Breaker(
                    20, 10, 50, Duration.ofSeconds(5), Duration.ofSeconds(10), 3)));
  }

  static RateSettings settings() {
    return new RateSettings(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMillis(100));
  }

  static Subscription subscription(String id, Integer rate) {
    return new Subscription(
        id,
        TENANT,
        URI.create("http://127.0.0.1/"),
        List.of("*"),
        null,
        SubscriptionStatus.ACTIVE,
        PayloadFormat.ANTON,
        null,
        Map.of(),
        null,
        false,
        rate,
        new RetrySchedule(List.of()),
        1);
  }

  void offer(Subscription subscription) {
    String id = subscription.id();
    Pace pace = rates.pace(subscription);
    lanes.offer(
        id,
        TENANT.id(),
        new LaneTask() {
          @Override
          public String orderKey() {
            return null;
          }

          @Override
          public Pace pace() {
            return pace;
          }

          @Override
          public void start(Lane lane) {
            starts
                .computeIfAbsent(id, _ -> new ConcurrentLinkedQueue<>())
                .add(nanoTime.getAsLong());
            lane.finished(this, false, Verdict.HEALTHY, Duration.ofMillis(1));
          }

          @Override
          public void turnedAway(Refusal reason) {
            refusals.computeIfAbsent(id, _ -> new ConcurrentLinkedQueue<>()).add(reason);
          }
        });
  }

  /** So many wait in the lane, if they may. */
  void keepWaiting(Subscription subscription, int count) {
    for (int i = lanes.queued(subscription.id()); i < count; i++) {
      offer(subscription);
    }
  }

  List<Long> starts(String id) {
    return List.copyOf(starts.getOrDefault(id, new ConcurrentLinkedQueue<>()));
  }

  int refused(String id) {
    return refusals.getOrDefault(id, new ConcurrentLinkedQueue<>()).size();
  }
}
