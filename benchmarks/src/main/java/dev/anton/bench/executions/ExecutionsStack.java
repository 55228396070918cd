package dev.anton.bench.executions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.bench.deliveries.Processes;
import dev.anton.schemas.json.WireJson;
import dev.anton.stack.AntonServices;
import dev.anton.stack.LocalStack;
import dev.anton.stack.Ports;
import dev.anton.stack.ServiceCatalogue;
import dev.anton.stack.StackOptions;
import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.service.ServiceSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL, Kafka and executors, started as {@code ./anton up} starts them. */
final class ExecutionsStack implements AutoCloseable {

  static final String EXECUTOR = "executor-service";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Path data;
  private final LocalStack stack;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param jvm arguments for the executors' JVMs, which win over the usual ones
   */
  ExecutionsStack(Path home, Path data, int executors, List<String> jvm) {
    this.data = data;
    AntonServices executor = new AntonServices(List.of(EXECUTOR));
    ServiceCatalogue services =
        (options, backends) ->
            executor.services(options, backends).stream().map(spec -> with(spec, jvm)).toList();
    stack =
        LocalStack.start(
            new StackOptions(home, data, Ports.free()).with(services).withExecutors(executors));
  }

  String bootstrapServers() {
    return "127.0.0.1:" + stack.ports().kafka();
  }

  /** CPU time that a component used: {@code postgres}, {@code kafka} or an executor. */
  Duration cpu(String component) {
    return Processes.cpu(stack.pid(component));
  }

  /** Kills a component as a crash would; it is started again after a while. */
  void kill(String component) {
    ProcessHandle.of(stack.pid(component)).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Asks for an execution; completes with its id when it is accepted. */
  CompletableFuture<String> start(byte[] request) {
    return http.sendAsync(
            request("/api/executions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(
            response -> {
              if (response.statusCode() != 202) {
                throw new IllegalStateException(new String(response.body(), UTF_8));
              }
              return WireJson.mapper().readTree(response.body()).path("executionId").asString();
            });
  }

  /** A meter's value as Prometheus would read it, the sum over its tags. */
  double meter(String name) {
    Matcher line =
        Pattern.compile("^" + name + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE)
            .matcher(send(request("/actuator/prometheus").GET().build()));
    double sum = 0;
    while (line.find()) {
      sum += Double.parseDouble(line.group(1));
    }
    return sum;
  }

  /** Stops everything and deletes what it wrote. */
  @Override
  public void close() {
    stack.close();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.ports().executor() + path))
        .timeout(TIMEOUT);
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(request.uri() + " answered " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ServiceSpec with(ServiceSpec spec, List<String> jvm) {
    ChildProcess.Command command = spec.command();
    List<String> line = new ArrayList<>(command.line());
    line.addAll(line.indexOf("-jar"), jvm);
    return new ServiceSpec(
        spec.name(),
        spec.port(),
        spec.readinessPath(),
        new ChildProcess.Command(line, command.environment(), command.log()));
  }
}
