package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.dispatcher.subscription.RetrySchedule;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding an event's subscriptions among 100,000 of one tenant: half of them name exact types, a
 * quarter prefixes and a quarter, those of jobs, one subject each. In the index's own package
 * because it is nobody else's business.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatchingBenchmark {

  private static final int SUBSCRIPTIONS = 100_000;
  private static final int HITS = 100;

  private TenantIndex index = TenantIndex.of(List.of());

  /** Builds the index. */
  @Setup
  public void build() {
    List<Subscription> all = new ArrayList<>();
    for (int i = 0; i < SUBSCRIPTIONS; i++) {
      all.add(
          switch (i % 4) {
            case 0, 1 -> subscription(i, null, "team" + i % 500 + ".event" + i % 1000);
            case 2 -> subscription(i, null, "group" + i % 1000 + ".*");
            default -> subscription(i, "job_" + i, "job.*");
          });
    }
    for (int i = 0; i < HITS; i++) {
      all.add(subscription(SUBSCRIPTIONS + i, null, "popular.event"));
    }
    index = TenantIndex.of(all);
  }

  /** A type that nobody wants. */
  @Benchmark
  public List<Subscription> noHit() {
    return index.match("nobody.wants.this", "key-17");
  }

  /** The webhook of one job. */
  @Benchmark
  public List<Subscription> oneHitBySubject() {
    return index.match("job.completed", "job_4003");
  }

  /** A hundred subscriptions of one type; the figure is per hit. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public List<Subscription> perHitOfHundred() {
    return index.match("popular.event", null);
  }

  private static Subscription subscription(int number, @Nullable String subject, String... events) {
    return new Subscription(
        "wh_" + number,
        Tenant.DEFAULT,
        URI.create("http://receiver.example/" + number),
        List.of(events),
        subject,
        SubscriptionStatus.ACTIVE,
        PayloadFormat.ANTON,
        null,
        Map.of(),
        null,
        false,
        null,
        RetrySchedule.DEFAULT,
        1);
  }
}
