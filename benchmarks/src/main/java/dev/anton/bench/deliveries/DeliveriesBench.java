package dev.anton.bench.deliveries;

import dev.anton.bench.load.EventLoader;
import dev.anton.bench.report.Report;
import dev.anton.bench.sink.Arrivals;
import dev.anton.bench.sink.Sink;
import dev.anton.bench.stack.Processes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The phases of a run. Each begins with the sink quiet and everything delivered. */
final class DeliveriesBench implements AutoCloseable {

  /** After half a minute, the JIT's compilers still took a tenth of the dispatcher's time. */
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private static final int QUIET_RATE = 500;
  private static final int SIDE_RATE = 3_000;

  private final DeliveriesCommand options;
  private final PrintWriter out;
  private final Arrivals arrivals;
  private final Sink sink;
  private final BenchStack stack;
  private final EventLoader loader;
  private final Traffic traffic;
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
    traffic = new Traffic(loader, arrivals, options.endpoints);
  }

  void run(Report report) throws Exception {
    stack.register(sink, options.endpoints);
    if (options.phases.contains("client")) {
      clientRate = new BareClients(options, sink, arrivals, traffic, this::say).run(report);
    }
    say("warm-up, %d s".formatted(WARM_UP.toSeconds()));
    loader.ahead(Traffic.AHEAD, arrivals::total, WARM_UP);
    traffic.awaitAll();
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

  private void sustained(Report report) throws InterruptedException {
    say("sustained, %d s".formatted(options.seconds));
    Duration time = Duration.ofSeconds(options.seconds);
    Thread load =
        Thread.ofPlatform()
            .start(() -> loader.ahead(Traffic.AHEAD, arrivals::total, time.plusSeconds(3)));
    Thread.sleep(Duration.ofSeconds(2));
    Duration dispatcher = stack.dispatcherCpu();
    Duration postgres = stack.cpu("postgres");
    Duration kafka = stack.cpu("kafka");
    Duration own = Processes.ownCpu();
    Window window = traffic.watch(arrivals::total, time);
    double cpu = window.micros(stack.dispatcherCpu().minus(dispatcher));
    double postgresCpu = window.micros(stack.cpu("postgres").minus(postgres));
    double kafkaCpu = window.micros(stack.cpu("kafka").minus(kafka));
    double ownCpu = window.micros(Processes.ownCpu().minus(own));
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
    traffic.awaitAll();
  }

  private void latency(Report report) throws InterruptedException {
    say("latency at %d/s".formatted(QUIET_RATE));
    // Records that come one by one take other ways through every JVM than batches do.
    loader.atRate(QUIET_RATE, Duration.ofSeconds(15));
    Window window = traffic.steady(QUIET_RATE, 0, Duration.ofSeconds(30));
    report.row(
        "event sent to Kafka → request arrives, at %d/s".formatted(QUIET_RATE),
        "p50 %.1f ms, p99 %.1f ms".formatted(window.millis(50), window.millis(99)),
        "p50 5 ms, p99 25 ms",
        "p50 2 ms, p99 10 ms");
    report.number("latency.p50", window.millis(50));
    report.number("latency.p99", window.millis(99));
    traffic.awaitAll();
  }

  /** A tenth of the endpoints takes requests and never answers. */
  private void hang(Report report) throws InterruptedException {
    int hanging = options.endpoints / 10;
    say("%d of %d endpoints hang".formatted(hanging, options.endpoints));
    Duration time = Duration.ofSeconds(30);
    Window before = traffic.steady(SIDE_RATE, hanging, time);
    traffic.awaitAll();
    arrivals.hang(hanging);
    loader.atRate(SIDE_RATE, Duration.ofSeconds(3));
    Window during = traffic.steady(SIDE_RATE, hanging, time);
    Window fullDuring = traffic.full(hanging, time);
    arrivals.hang(0);
    Thread.sleep(Duration.ofSeconds(30)); // breakers close, hung attempts end
    Window fullAfter = traffic.full(hanging, time);
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
      if (System.nanoTime() - start > Traffic.DRAIN.toNanos()) {
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

  private void say(String phase) {
    out.println("· " + phase);
    out.flush();
  }
}
