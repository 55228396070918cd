package dev.anton.bench.deliveries;

import dev.anton.bench.client.ClientLoop;
import dev.anton.bench.client.ClientMode;
import dev.anton.bench.load.EventLoader;
import dev.anton.bench.report.Report;
import dev.anton.bench.sink.Arrivals;
import dev.anton.bench.sink.Sink;
import dev.anton.stack.process.Jdk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** The phases of a run. Each begins with the sink quiet and everything delivered. */
final class DeliveriesBench implements AutoCloseable {

  /** As many attempts as the prototype of the design had under way. */
  private static final int IN_FLIGHT = 256;

  /** Events on their way: enough to keep the dispatcher busy, few enough to drain in seconds. */
  private static final long AHEAD = 30_000;

  /** After half a minute, the JIT's compilers still took a tenth of the dispatcher's time. */
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private static final Duration DRAIN = Duration.ofMinutes(10);
  private static final int QUIET_RATE = 500;
  private static final int SIDE_RATE = 3_000;

  private final DeliveriesCommand options;
  private final PrintWriter out;
  private final Arrivals arrivals;
  private final Sink sink;
  private final BenchStack stack;
  private final EventLoader loader;
  private double clientRate;

  DeliveriesBench(Path home, Path data, DeliveriesCommand options, PrintWriter out) {
    this.options = options;
    this.out = out;
    arrivals = new Arrivals(options.endpoints);
    sink = new Sink(arrivals);
    List<String> jvm = new ArrayList<>(options.jvm);
    jvm.add("-Xmx" + options.heap);
    stack = new BenchStack(home, data, jvm);
    loader = new EventLoader(stack.bootstrapServers(), options.endpoints);
  }

  void run(Report report) throws Exception {
    stack.register(sink, options.endpoints);
    if (options.phases.contains("client")) {
      clients(report);
    }
    say("warm-up, %d s".formatted(WARM_UP.toSeconds()));
    loader.ahead(AHEAD, arrivals::total, WARM_UP);
    awaitAll();
    if (options.phases.contains("sustained")) {
      sustained(report);
    }
    if (options.phases.contains("latency")) {
      latency(report);
    }
    if (options.phases.contains("backlog")) {
      backlog(report);
    }
    if (options.phases.contains("hang")) {
      hang(report);
    }
    report.number("sent", loader.sent());
    report.number("arrived", arrivals.total());
  }

  @Override
  public void close() throws IOException {
    loader.close();
    stack.close();
    sink.close();
  }

  private void clients(Report report) throws Exception {
    for (ClientMode mode : options.clients) {
      say("bare client loop, %s".formatted(mode));
      Process loop = clientLoop(mode, Duration.ofSeconds(20));
      Thread.sleep(Duration.ofSeconds(10)); // until the JIT has seen it
      Duration cpuBefore = Processes.cpu(loop.pid());
      Duration sinkBefore = Processes.ownCpu();
      Window window = watch(arrivals::posts, Duration.ofSeconds(8));
      double cpu = micros(Processes.cpu(loop.pid()).minus(cpuBefore), window);
      double sinkCpu = micros(Processes.ownCpu().minus(sinkBefore), window);
      if (!loop.waitFor(30, TimeUnit.SECONDS)) {
        loop.destroyForcibly();
      }
      String name = mode.name().toLowerCase(Locale.ROOT);
      report.row(
          "bare client loop, " + name,
          "%,.0f/s at %.0f µs of CPU each, %.0f µs of the sink"
              .formatted(window.perSecond(), cpu, sinkCpu));
      report.number("client." + name + ".perSecond", window.perSecond());
      if (clientRate == 0) {
        clientRate = window.perSecond();
      }
    }
  }

  private void sustained(Report report) throws InterruptedException {
    say("sustained, %d s".formatted(options.seconds));
    Duration time = Duration.ofSeconds(options.seconds);
    Thread load =
        Thread.ofPlatform().start(() -> loader.ahead(AHEAD, arrivals::total, time.plusSeconds(3)));
    Thread.sleep(Duration.ofSeconds(2));
    Duration dispatcher = stack.dispatcherCpu();
    Duration postgres = stack.cpu("postgres");
    Duration kafka = stack.cpu("kafka");
    Duration own = Processes.ownCpu();
    Window window = watch(arrivals::total, time);
    double cpu = micros(stack.dispatcherCpu().minus(dispatcher), window);
    double postgresCpu = micros(stack.cpu("postgres").minus(postgres), window);
    double kafkaCpu = micros(stack.cpu("kafka").minus(kafka), window);
    double ownCpu = micros(Processes.ownCpu().minus(own), window);
    load.join();
    report.row(
        "sustained deliveries over %d s".formatted(options.seconds),
        "%,.0f/s (seconds from %,d to %,d)"
            .formatted(window.perSecond(), window.worstSecond(), window.bestSecond()),
        "12,000",
        "22,000");
    report.number("sustained.perSecond", window.perSecond());
    report.number("sustained.worstSecond", window.worstSecond());
    if (clientRate > 0) {
      double ratio = window.perSecond() / clientRate;
      report.row("ratio to the bare client loop", "%.2f".formatted(ratio), "0.3", "0.5");
      report.number("sustained.ratio", ratio);
    }
    report.row(
        "CPU of a delivery",
        "dispatcher %.0f µs, PostgreSQL %.0f µs, Kafka %.0f µs, loader and sink %.0f µs"
            .formatted(cpu, postgresCpu, kafkaCpu, ownCpu));
    report.number("sustained.dispatcherMicros", cpu);
    report.number("sustained.postgresMicros", postgresCpu);
    report.number("sustained.kafkaMicros", kafkaCpu);
    awaitAll();
  }

  private void latency(Report report) throws InterruptedException {
    say("latency at %d/s".formatted(QUIET_RATE));
    // Records that come one by one take other ways through every JVM than batches do.
    loader.atRate(QUIET_RATE, Duration.ofSeconds(15));
    Window window = steady(QUIET_RATE, 0, Duration.ofSeconds(30));
    report.row(
        "event sent to Kafka → request arrives, at %d/s".formatted(QUIET_RATE),
        "p50 %.1f ms, p99 %.1f ms".formatted(window.millis(50), window.millis(99)),
        "p50 5 ms, p99 25 ms",
        "p50 2 ms, p99 10 ms");
    report.number("latency.p50", window.millis(50));
    report.number("latency.p99", window.millis(99));
    awaitAll();
  }

  /** A tenth of the endpoints takes requests and never answers. */
  private void hang(Report report) throws InterruptedException {
    int hanging = options.endpoints / 10;
    say("%d of %d endpoints hang".formatted(hanging, options.endpoints));
    Duration time = Duration.ofSeconds(30);
    Window before = steady(SIDE_RATE, hanging, time);
    awaitAll();
    arrivals.hang(hanging);
    loader.atRate(SIDE_RATE, Duration.ofSeconds(3));
    Window during = steady(SIDE_RATE, hanging, time);
    Window fullDuring = full(hanging, time);
    arrivals.hang(0);
    Thread.sleep(Duration.ofSeconds(30)); // breakers close, hung attempts end
    Window fullAfter = full(hanging, time);
    double rate = during.perSecond() / before.perSecond();
    double p99 = during.millis(99) / before.millis(99);
    report.row(
        "%d of %d endpoints hang: the others at %,d events/s"
            .formatted(hanging, options.endpoints, SIDE_RATE),
        "rate %.2f×, p99 %.2f× (%.1f → %.1f ms)"
            .formatted(rate, p99, before.millis(99), during.millis(99)),
        "≥ 0.9×, ≤ 2×",
        "≥ 0.98×, ≤ 1.2×");
    report.row(
        "… and at full load",
        "rate %.2f× (%,.0f/s beside %,.0f/s)"
            .formatted(
                fullDuring.perSecond() / fullAfter.perSecond(),
                fullDuring.perSecond(),
                fullAfter.perSecond()));
    report.number("hang.rate", rate);
    report.number("hang.p99", p99);
    report.number("hang.fullRate", fullDuring.perSecond() / fullAfter.perSecond());
  }

  private void backlog(Report report) throws InterruptedException {
    say("a backlog of %,d events".formatted(options.backlog));
    long dispatcher = stack.dispatcher();
    Processes.signal("STOP", dispatcher); // it sleeps through the arrival of the backlog
    loader.burst(options.backlog);
    long start = System.nanoTime();
    long arrived = arrivals.total();
    Processes.signal("CONT", dispatcher);
    double peak = 0;
    while (arrivals.total() < loader.sent()) {
      Thread.sleep(500);
      peak = Math.max(peak, stack.meter("jvm_gc_live_data_size_bytes"));
      if (System.nanoTime() - start > DRAIN.toNanos()) {
        throw new IllegalStateException("The backlog does not drain");
      }
    }
    double perSecond = (arrivals.total() - arrived) * 1e9 / (System.nanoTime() - start);
    report.row(
        "heap while a backlog of %,d events drains".formatted(options.backlog),
        "-Xmx%s (drained at %,.0f/s, pauses in all %.1f s)"
            .formatted(options.heap, perSecond, stack.meter("jvm_gc_pause_seconds_sum")),
        "512 MiB",
        "256 MiB");
    report.number("backlog.perSecond", perSecond);
    report.number("backlog.heap", options.heap);
    report.number("backlog.liveBytes", peak);
  }

  private Window steady(int rate, int firstEndpoint, Duration time) throws InterruptedException {
    Thread load = Thread.ofPlatform().start(() -> loader.atRate(rate, time.plusSeconds(4)));
    Thread.sleep(Duration.ofSeconds(2));
    Window window = watch(() -> arrivals.fromEndpoint(firstEndpoint), time);
    load.join();
    return window;
  }

  private Window full(int firstEndpoint, Duration time) throws InterruptedException {
    LongSupplier healthy = () -> arrivals.fromEndpoint(firstEndpoint);
    long offset = loader.sent();
    long before = healthy.getAsLong();
    // What the hanging ones are owed is not counted as being on its way.
    double share = 1.0 - (double) firstEndpoint / options.endpoints;
    Thread load =
        Thread.ofPlatform()
            .start(
                () ->
                    loader.ahead(
                        AHEAD,
                        () -> offset + Math.round((healthy.getAsLong() - before) / share),
                        time.plusSeconds(4)));
    Thread.sleep(Duration.ofSeconds(3));
    Window window = watch(healthy, time);
    load.join();
    return window;
  }

  private Window watch(LongSupplier counter, Duration time) throws InterruptedException {
    Histogram latencies = new Histogram(arrivals.latencies());
    latencies.reset();
    long start = System.nanoTime();
    long first = counter.getAsLong();
    long last = first;
    long worst = Long.MAX_VALUE;
    long best = 0;
    for (int second = 1; second <= time.toSeconds(); second++) {
      TimeUnit.NANOSECONDS.sleep(start + second * 1_000_000_000L - System.nanoTime());
      long now = counter.getAsLong();
      worst = Math.min(worst, now - last);
      best = Math.max(best, now - last);
      last = now;
      latencies.add(arrivals.latencies());
    }
    return new Window(
        last - first, Duration.ofNanos(System.nanoTime() - start), worst, best, latencies);
  }

  private void awaitAll() throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (arrivals.total() < loader.sent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Only %,d of %,d events arrived".formatted(arrivals.total(), loader.sent()));
      }
      Thread.sleep(50);
    }
  }

  private Process clientLoop(ClientMode mode, Duration time) throws IOException {
    return new ProcessBuilder(
            Jdk.java(),
            "-Xmx" + options.heap,
            "-XX:+UseSerialGC",
            "-cp",
            Jdk.classPath(),
            ClientLoop.class.getName(),
            mode.name(),
            Integer.toString(sink.port()),
            Integer.toString(options.endpoints),
            Integer.toString(IN_FLIGHT),
            Long.toString(time.toSeconds()))
        .inheritIO()
        .start();
  }

  private static double micros(Duration cpu, Window window) {
    return cpu.toNanos() / 1e3 / window.arrivals();
  }

  private void say(String phase) {
    out.println("· " + phase);
    out.flush();
  }
}
