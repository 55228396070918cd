package dev.anton.bench.deliveries;

import dev.anton.bench.load.EventLoader;
import dev.anton.bench.sink.Sink;
import dev.anton.bench.stack.MeasuredStack;
import dev.anton.stack.Ports;
import dev.anton.stack.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A stack with one dispatcher. */
final class BenchStack implements AutoCloseable {

  private static final String DISPATCHER = "webhook-dispatcher";

  private final MeasuredStack stack;

  /**
   * @param jvm arguments for the dispatcher's JVM, which win over the usual ones
   */
  BenchStack(Path home, Path data, List<String> jvm) {
    stack =
        new MeasuredStack(
            new StackOptions(home, data, Ports.free()),
            new MeasuredStack.Service(DISPATCHER, Ports::dispatcher, jvm));
  }

  String bootstrapServers() {
    return stack.bootstrapServers();
  }

  long dispatcher() {
    return stack.pid(DISPATCHER);
  }

  /** CPU time that a component used: {@code postgres}, {@code kafka} or the dispatcher. */
  Duration cpu(String component) {
    return stack.cpu(component);
  }

  Duration dispatcherCpu() {
    return stack.cpu(DISPATCHER);
  }

  /** A meter of the dispatcher. */
  double meter(String name) {
    return stack.meter(name);
  }

  /** One endpoint for each type, its deliveries signed. */
  void register(Sink sink, int endpoints) {
    for (int i = 0; i < endpoints; i++) {
      stack.post(
          "/api/event-types",
          "{\"name\":\"%s\",\"description\":\"Load\"}".formatted(EventLoader.type(i)));
      stack.post(
          "/api/webhooks/register",
          "{\"url\":\"%s\",\"events\":[\"%s\"],\"secret\":\"a secret of the bench\"}"
              .formatted(sink.url(i), EventLoader.type(i)));
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}
