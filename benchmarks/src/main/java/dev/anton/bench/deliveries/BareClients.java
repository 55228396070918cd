package dev.anton.bench.deliveries;

import dev.anton.bench.client.ClientLoop;
import dev.anton.bench.client.ClientMode;
import dev.anton.bench.report.Report;
import dev.anton.bench.sink.Arrivals;
import dev.anton.bench.sink.Sink;
import dev.anton.bench.stack.Processes;
import dev.anton.stack.process.Jdk;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Bare loops of HTTP clients against the sink: what a delivery is compared with. */
final class BareClients {

  /** As many attempts as the prototype of the design had under way. */
  private static final int IN_FLIGHT = 256;

  private final DeliveriesCommand options;
  private final Sink sink;
  private final Arrivals arrivals;
  private final Traffic traffic;
  private final Consumer<String> say;

  BareClients(
      DeliveriesCommand options,
      Sink sink,
      Arrivals arrivals,
      Traffic traffic,
      Consumer<String> say) {
    this.options = options;
    this.sink = sink;
    this.arrivals = arrivals;
    this.traffic = traffic;
    this.say = say;
  }

  /**
   * Measures each of them.
   *
   * @return what the first one sends in a second
   */
  double run(Report report) throws Exception {
    double first = 0;
    for (ClientMode mode : options.clients) {
      say.accept("bare client loop, %s".formatted(mode));
      Process loop = clientLoop(mode, Duration.ofSeconds(20));
      Thread.sleep(Duration.ofSeconds(10)); // until the JIT has seen it
      Duration cpuBefore = Processes.cpu(loop.pid());
      Duration sinkBefore = Processes.ownCpu();
      Window window = traffic.watch(arrivals::posts, Duration.ofSeconds(8));
      double cpu = window.micros(Processes.cpu(loop.pid()).minus(cpuBefore));
      double sinkCpu = window.micros(Processes.ownCpu().minus(sinkBefore));
      if (!loop.waitFor(30, TimeUnit.SECONDS)) {
        loop.destroyForcibly();
      }
      String name = mode.name().toLowerCase(Locale.ROOT);
      report.row(
          "bare client loop, " + name,
          "%,.0f/s at %.0f µs of CPU each, %.0f µs of the sink"
              .formatted(window.perSecond(), cpu, sinkCpu));
      report.number("client." + name + ".perSecond", window.perSecond());
      if (first == 0) {
        first = window.perSecond();
      }
    }
    return first;
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
}
