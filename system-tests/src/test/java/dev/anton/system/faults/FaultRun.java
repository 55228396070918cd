package dev.anton.system.faults;

import dev.anton.system.RunningStack;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * One fault under a constant load, from before it until everything is accounted for.
 *
 * @param rate events per second
 * @param before how long all is well at first
 */
record FaultRun(RunningStack stack, int rate, Duration before) {

  private static final int ENDPOINTS = 10;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration AFTER = Duration.ofSeconds(2);

  /** A breaker that has just opened, the rest of a schedule, and a lease that has to end. */
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

  /** Nothing more arrives after so long without anything. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** What arrives later than this is late. */
  private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  FaultReport run(Fault fault) throws Exception {
    String run = fault.name() + "-" + Long.toString(System.currentTimeMillis(), 36);
    Ledger ledger = new Ledger(run, Math.toIntExact(LONGEST.toSeconds()) * rate);
    List<Subscriber> subscribers = new ArrayList<>();
    try (DeadLetters deadLetters = new DeadLetters(stack.bootstrapServers(), ledger)) {
      for (int i = 0; i < ENDPOINTS; i++) {
        Endpoint endpoint = fault.endpoint(i);
        endpoint.keepIn(ledger);
        subscribers.add(new Subscriber(stack.gateway(), endpoint, type(i)));
      }
      return run(fault, ledger, subscribers, deadLetters);
    } finally {
      subscribers.forEach(Subscriber::close);
    }
  }

  private FaultReport run(
      Fault fault, Ledger ledger, List<Subscriber> subscribers, DeadLetters deadLetters)
      throws Exception {
    Scene scene;
    try (Load _ = new Load(stack.bootstrapServers(), ledger, FaultRun::type, rate)) {
      Scene.pause(before);
      scene = new Scene(stack, ledger, subscribers, fault.faultyEndpoint());
      fault.course().run(scene);
      scene.awaitCaughtUp();
      Scene.pause(AFTER);
    }
    settle(scene, deadLetters);
    Stories.write(fault.name(), scene);
    return report(fault, scene, subscribers);
  }

  private static String type(int number) {
    return "fault.endpoint-" + number % ENDPOINTS;
  }

  /** Returns when all is accounted for, or will not be any more. */
  private static void settle(Scene scene, DeadLetters deadLetters) throws InterruptedException {
    Ledger ledger = scene.ledger();
    awaitWithin(
        SETTLED_WITHIN,
        () -> {
          deadLetters.read();
          return ledger.count(ledger::isOpen) == 0;
        });
    awaitWithin(
        SETTLED_WITHIN,
        () -> {
          Map<String, Long> statuses = scene.tables().statuses(ledger);
          return !statuses.containsKey("pending") && !statuses.containsKey("retrying");
        });
    long arrivals;
    do {
      arrivals = ledger.arrivals();
      Scene.pause(QUIET);
    } while (ledger.arrivals() != arrivals);
    deadLetters.read();
  }

  private static void awaitWithin(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      Scene.pause(Duration.ofMillis(200));
    }
  }

  private FaultReport report(Fault fault, Scene scene, List<Subscriber> subscribers) {
    Ledger ledger = scene.ledger();
    long lateUntil =
        ledger
            .numbers()
            .filter(ledger::isAccepted)
            .filter(number -> ledger.latencyNanos(number) > LATE_NANOS)
            .mapToLong(ledger::acceptedAt)
            .max()
            .orElse(scene.endedAt());
    Map<Integer, Integer> failedAttempts = scene.tables().failedAttempts(ledger);
    long firstAt = ledger.publishedAt(0);
    long over = fault.faultyEndpoint() ? scene.endedAt() : Math.max(lateUntil, scene.endedAt());
    return new FaultReport(
        fault.name(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        rate,
        fault.dispatchers(),
        ENDPOINTS,
        ledger.count(ledger::isPublished),
        ledger.count(ledger::isAccepted),
        ledger.numbers().mapToLong(ledger::repetitions).sum(),
        ledger.numbers().mapToLong(scene::unwritten).sum(),
        beyond(ledger, scene::unwritten),
        beyond(ledger, number -> scene.unwritten(number) + failedAttempts.getOrDefault(number, 0)),
        ledger.count(ledger::isDead),
        ledger.count(ledger::isOpen),
        ledger.arrivals(),
        subscribers.stream().mapToInt(subscriber -> subscriber.endpoint().strayed()).sum(),
        Math.max(0, lateUntil - scene.endedAt()) / 1e9,
        ledger.p99Millis(
            number ->
                scene.isHealthy(number)
                    && ledger.publishedAt(number) - scene.begunAt() < -LATE_NANOS),
        ledger.p99Millis(
            number -> scene.isHealthy(number) && ledger.publishedAt(number) - scene.begunAt() >= 0),
        ledger.acceptedPerSecond(scene::isHealthy, firstAt, scene.begunAt()),
        ledger.acceptedPerSecond(scene::isHealthy, scene.begunAt(), over),
        scene.tables().statuses(ledger));
  }

  /** Repetitions of events beyond those that each is excused. */
  private static long beyond(Ledger ledger, IntUnaryOperator excused) {
    return ledger
        .numbers()
        .mapToLong(number -> ledger.repetitions(number) - excused.applyAsInt(number))
        .filter(more -> more > 0)
        .sum();
  }
}
