package dev.anton.bench.executions;

import dev.anton.bench.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** The phases of a run. Each begins with nothing under way. */
final class ExecutionsBench implements AutoCloseable {

  /** After half a minute the compilers still take two fifths of the executor's CPU time. */
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int WIDTH = 100;
  private static final int LENGTH = 100;
  private static final int IDLE_STARTS = 300;
  private static final int SLEEPERS = 16;
  private static final int WAITING = 1_000;

  /** The pool's that reaps processes wait a minute for another. */
  private static final Duration IDLE_THREADS_END = Duration.ofSeconds(70);

  private static final int STARTED_TOGETHER = 20;

  private final ExecutionsCommand options;
  private final PrintWriter out;
  private final ExecutionsStack stack;
  private final LifecycleTail tail;

  ExecutionsBench(Path home, Path data, ExecutionsCommand options, PrintWriter out) {
    this.options = options;
    this.out = out;
    int executors = options.phases.contains("takeover") ? 2 : 1;
    stack = new ExecutionsStack(home, data, executors, options.jvm);
    tail = new LifecycleTail(stack.bootstrapServers());
  }

  void run(Report report) throws Exception {
    say("warm-up, %d s".formatted(WARM_UP.toSeconds()));
    ahead(WARM_UP);
    if (options.phases.contains("sustained")) {
      sustained(report);
    }
    if (options.phases.contains("idle")) {
      idle(report);
    }
    if (options.phases.contains("wide")) {
      wide(report);
    }
    if (options.phases.contains("takeover")) {
      takeover(report);
    }
    if (options.phases.contains("backoff")) {
      backoff(report); // last: what waits then is left to the end of the stack
    }
  }

  @Override
  public void close() {
    tail.close();
    stack.close();
  }

  private void sustained(Report report) throws Exception {
    say("two-node executions, %d s, %d under way".formatted(options.seconds, options.ahead));
    Duration executor = stack.cpu(ExecutionsStack.EXECUTOR);
    Duration postgres = stack.cpu("postgres");
    Duration kafka = stack.cpu("kafka");
    tail.takeLatencies();
    long before = tail.ended();
    long began = System.nanoTime();
    long worst = ahead(Duration.ofSeconds(options.seconds));
    double seconds = (System.nanoTime() - began) / 1e9;
    long count = tail.ended() - before;
    Histogram latencies = tail.takeLatencies();
    double p50 = latencies.getValueAtPercentile(50) / 1e6;
    double p99 = latencies.getValueAtPercentile(99) / 1e6;
    row(
        report,
        "two-node executions over %d s, from the request to the last event on the broker"
            .formatted(options.seconds),
        "%,.0f/s (worst second %,d), p50 %.0f ms, p99 %.0f ms"
            .formatted(count / seconds, worst, p50, p99),
        "300/s, p99 1 s",
        "600/s");
    row(
        report,
        "CPU of an execution",
        "executor %.0f µs, PostgreSQL %.0f µs, Kafka %.0f µs"
            .formatted(
                micros(executor, stack.cpu(ExecutionsStack.EXECUTOR), count),
                micros(postgres, stack.cpu("postgres"), count),
                micros(kafka, stack.cpu("kafka"), count)));
    report.number("sustained.perSecond", count / seconds);
    report.number("sustained.worstSecond", worst);
    report.number("sustained.p50", p50);
    report.number("sustained.p99", p99);
  }

  private void idle(Report report) throws Exception {
    say("%d executions one by one".formatted(IDLE_STARTS));
    Histogram starts = new Histogram(3);
    for (int i = 0; i < IDLE_STARTS; i++) {
      long asked = System.nanoTime();
      String id = stack.start(BenchPlans.TWO_NODES).join();
      tail.asked(id, asked);
      await(() -> tail.of(id).ended() != 0, 1);
      starts.recordValue(tail.of(id).node() - asked);
      Thread.sleep(40);
    }
    double p50 = starts.getValueAtPercentile(50) / 1e6;
    double p99 = starts.getValueAtPercentile(99) / 1e6;
    row(
        report,
        "from the request to the first node's start on the broker, nothing else under way",
        "p50 %.1f ms, p99 %.1f ms".formatted(p50, p99),
        "p99 50 ms",
        "p99 20 ms");
    report.number("idle.p50", p50);
    report.number("idle.p99", p99);
  }

  private void wide(Report report) throws Exception {
    say("one execution of %,d nodes".formatted(WIDTH * LENGTH));
    long asked = System.nanoTime();
    String id = stack.start(BenchPlans.chains(WIDTH, LENGTH)).join();
    tail.asked(id, asked);
    await(() -> tail.of(id).ended() != 0, 10);
    double seconds = (tail.of(id).ended() - asked) / 1e9;
    row(
        report,
        "one execution of %,d nodes that do nothing, %d wide".formatted(WIDTH * LENGTH, WIDTH),
        "%.1f s".formatted(seconds),
        "30 s",
        "10 s");
    report.number("wide.seconds", seconds);
  }

  private void backoff(Report report) throws Exception {
    say("%,d executions that wait for their next attempt".formatted(WAITING));
    double threads = stack.meter("jvm_threads_live_threads");
    long before = tail.failedAttempts();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < WAITING; i += STARTED_TOGETHER) {
      List<CompletableFuture<String>> started = new ArrayList<>();
      for (int j = 0; j < STARTED_TOGETHER; j++) {
        started.add(stack.start(BenchPlans.FAILING));
      }
      started.forEach(id -> ids.add(id.join()));
    }
    await(() -> tail.failedAttempts() - before >= WAITING, 50);
    long patience = System.nanoTime() + IDLE_THREADS_END.toNanos();
    while (stack.meter("jvm_threads_live_threads") > threads && System.nanoTime() < patience) {
      Thread.sleep(500);
    }
    double held = stack.meter("anton_executions_running");
    double slots = stack.meter("anton_nodes_running");
    double more = Math.max(0, stack.meter("jvm_threads_live_threads") - threads);
    row(
        report,
        "%,d executions in backoff hold".formatted(WAITING),
        "%.0f slots, %.0f leases, %.0f threads more than before".formatted(slots, held, more),
        "0",
        "0");
    report.number("backoff.slots", slots);
    report.number("backoff.leases", held);
    report.number("backoff.threads", more);
  }

  private void takeover(Report report) throws Exception {
    say("kill -9 of one of two executors");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < SLEEPERS; i++) {
      ids.add(stack.start(BenchPlans.SLEEPER).join());
    }
    await(() -> ids.stream().allMatch(id -> tail.of(id).nodeStarts() >= 1), 10);
    Thread.sleep(3_000);
    long killed = System.nanoTime();
    stack.kill(ExecutionsStack.EXECUTOR);
    long quietSince = killed;
    int restarted = 0;
    while (System.nanoTime() - quietSince < Duration.ofSeconds(15).toNanos()) {
      int now = (int) ids.stream().filter(id -> tail.of(id).nodeStarts() > 1).count();
      if (now > restarted) {
        restarted = now;
        quietSince = System.nanoTime();
      }
      Thread.sleep(10);
    }
    double seconds = (quietSince - killed) / 1e9;
    row(
        report,
        "kill -9 → all %d nodes that ran there run elsewhere".formatted(restarted),
        restarted == 0 ? "it held none" : "%.1f s".formatted(seconds),
        "20 s",
        "10 s");
    report.number("takeover.nodes", restarted);
    report.number("takeover.seconds", seconds);
  }

  /**
   * Keeps a number of executions under way, for a time; then waits for the last of them.
   *
   * @return how many ended in the worst of its seconds
   */
  private long ahead(Duration time) throws Exception {
    long before = tail.ended();
    long began = System.nanoTime();
    long asked = 0;
    long lastSecond = before;
    long worst = Long.MAX_VALUE;
    long second = 1;
    Semaphore failures = new Semaphore(0);
    while (System.nanoTime() - began < time.toNanos()) {
      while (asked - (tail.ended() - before) < options.ahead) {
        long at = System.nanoTime();
        asked++;
        var _ =
            stack
                .start(BenchPlans.TWO_NODES)
                .whenComplete(
                    (id, failure) -> {
                      if (failure == null) {
                        tail.asked(id, at);
                      } else {
                        failures.release();
                      }
                    });
      }
      if (failures.availablePermits() > 0) {
        throw new IllegalStateException("An execution was not accepted");
      }
      TimeUnit.MICROSECONDS.sleep(500);
      if (System.nanoTime() - began > second * 1_000_000_000L) {
        long now = tail.ended();
        worst = Math.min(worst, now - lastSecond);
        lastSecond = now;
        second++;
      }
    }
    long all = before + asked;
    await(() -> tail.ended() >= all, 20);
    return worst;
  }

  private static void await(BooleanSupplier condition, int millis) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("What was waited for has not come");
      }
      Thread.sleep(millis);
    }
  }

  private static double micros(Duration before, Duration after, long count) {
    return after.minus(before).toNanos() / 1e3 / count;
  }

  /** Said at once, too: a run that is broken off later has not been for nothing. */
  private void row(Report report, String name, String value, String... floorAndAim) {
    say("  %s: %s".formatted(name, value));
    if (floorAndAim.length == 2) {
      report.row(name, value, floorAndAim[0], floorAndAim[1]);
    } else {
      report.row(name, value);
    }
  }

  private void say(String phase) {
    out.println("· " + phase);
    out.flush();
  }
}
