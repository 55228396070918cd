package dev.anton.bench.deliveries;

import dev.anton.bench.load.EventLoader;
import dev.anton.bench.sink.Sink;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL, Kafka and one dispatcher, started as {@code ./anton up} starts them. */
final class BenchStack implements AutoCloseable {

  private static final String DISPATCHER = "webhook-dispatcher";

  private final Path data;
  private final LocalStack stack;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param jvm arguments for the dispatcher's JVM, which win over the usual ones
   */
  BenchStack(Path home, Path data, List<String> jvm) {
    this.data = data;
    AntonServices dispatcher = new AntonServices(List.of(DISPATCHER));
    ServiceCatalogue services =
        (options, backends) ->
            dispatcher.services(options, backends).stream().map(spec -> with(spec, jvm)).toList();
    stack = LocalStack.start(new StackOptions(home, data, Ports.free()).with(services));
  }

  String bootstrapServers() {
    return "127.0.0.1:" + stack.ports().kafka();
  }

  long dispatcher() {
    return stack.pid(DISPATCHER);
  }

  /** CPU time that a component used: {@code postgres}, {@code kafka} or the dispatcher. */
  Duration cpu(String component) {
    return Processes.cpu(stack.pid(component));
  }

  Duration dispatcherCpu() {
    return cpu(DISPATCHER);
  }

  /** One endpoint for each type, its deliveries signed. */
  void register(Sink sink, int endpoints) {
    for (int i = 0; i < endpoints; i++) {
      post(
          "/api/event-types",
          "{\"name\":\"%s\",\"description\":\"Load\"}".formatted(EventLoader.type(i)));
      post(
          "/api/webhooks/register",
          "{\"url\":\"%s\",\"events\":[\"%s\"],\"secret\":\"a secret of the bench\"}"
              .formatted(sink.url(i), EventLoader.type(i)));
    }
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

  /** Stops everything and deletes what it wrote: gigabytes after a full run. */
  @Override
  public void close() {
    stack.close();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void post(String path, String json) {
    send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + stack.ports().dispatcher() + path))
        .timeout(Duration.ofSeconds(30));
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
