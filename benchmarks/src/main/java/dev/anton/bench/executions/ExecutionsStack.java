package dev.anton.bench.executions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.bench.stack.MeasuredStack;
import dev.anton.schemas.json.WireJson;
import dev.anton.stack.Ports;
import dev.anton.stack.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A stack with one or more executors. */
final class ExecutionsStack implements AutoCloseable {

  static final String EXECUTOR = "executor-service";

  private final MeasuredStack stack;

  /**
   * @param jvm arguments for the executors' JVMs, which win over the usual ones
   */
  ExecutionsStack(Path home, Path data, int executors, List<String> jvm) {
    stack =
        new MeasuredStack(
            new StackOptions(home, data, Ports.free()).withExecutors(executors),
            new MeasuredStack.Service(EXECUTOR, Ports::executor, jvm));
  }

  String bootstrapServers() {
    return stack.bootstrapServers();
  }

  /** CPU time that a component used: {@code postgres}, {@code kafka} or an executor. */
  Duration cpu(String component) {
    return stack.cpu(component);
  }

  /** Kills a component as a crash would; it is started again after a while. */
  void kill(String component) {
    stack.kill(component);
  }

  /** A meter of the first executor. */
  double meter(String name) {
    return stack.meter(name);
  }

  /** Asks for an execution; completes with its id when it is accepted. */
  CompletableFuture<String> start(byte[] request) {
    return stack
        .postAsync("/api/executions", request)
        .thenApply(
            response -> {
              if (response.statusCode() != 202) {
                throw new IllegalStateException(new String(response.body(), UTF_8));
              }
              return WireJson.mapper().readTree(response.body()).path("executionId").asString();
            });
  }

  @Override
  public void close() {
    stack.close();
  }
}
