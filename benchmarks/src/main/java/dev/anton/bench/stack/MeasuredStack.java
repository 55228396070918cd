package dev.anton.bench.stack;

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
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL, Kafka and the service that is measured, as {@code ./anton up} starts them. */
public final class MeasuredStack implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Path data;
  private final Service service;
  private final LocalStack stack;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * What is measured.
   *
   * @param port the one that it is asked by
   * @param jvm arguments for its JVM, which win over the usual ones
   */
  public record Service(String name, ToIntFunction<Ports> port, List<String> jvm) {}

  /** Starts the stack; its data folder is deleted with it. */
  public MeasuredStack(StackOptions options, Service service) {
    this.data = options.data().path();
    this.service = service;
    AntonServices usual = new AntonServices(List.of(service.name()));
    ServiceCatalogue services =
        (chosen, backends) ->
            usual.services(chosen, backends).stream().map(spec -> with(spec, service)).toList();
    stack = LocalStack.start(options.with(services));
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + stack.ports().kafka();
  }

  /** The process of a component: {@code postgres}, {@code kafka} or the service. */
  public long pid(String component) {
    return stack.pid(component);
  }

  /** CPU time that a component used. */
  public Duration cpu(String component) {
    return Processes.cpu(stack.pid(component));
  }

  /** Kills a component as a crash would; it is started again after a while. */
  public void kill(String component) {
    ProcessHandle.of(stack.pid(component)).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** A meter's value as Prometheus would read it, the sum over its tags. */
  public double meter(String name) {
    Matcher line =
        Pattern.compile("^" + name + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE)
            .matcher(send(request("/actuator/prometheus").GET().build()));
    double sum = 0;
    while (line.find()) {
      sum += Double.parseDouble(line.group(1));
    }
    return sum;
  }

  /**
   * Posts JSON to the service and waits for its answer.
   *
   * @throws IllegalStateException if it is not a success
   */
  public void post(String path, String json) {
    send(posting(path, HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Posts JSON to the service; completes with its answer, whatever that is. */
  public CompletableFuture<HttpResponse<byte[]>> postAsync(String path, byte[] json) {
    return http.sendAsync(
        posting(path, HttpRequest.BodyPublishers.ofByteArray(json)),
        HttpResponse.BodyHandlers.ofByteArray());
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

  private HttpRequest posting(String path, HttpRequest.BodyPublisher json) {
    return request(path).header("Content-Type", "application/json").POST(json).build();
  }

  private HttpRequest.Builder request(String path) {
    int port = service.port().applyAsInt(stack.ports());
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(TIMEOUT);
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

  private static ServiceSpec with(ServiceSpec spec, Service service) {
    ChildProcess.Command command = spec.command();
    List<String> line = new ArrayList<>(command.line());
    line.addAll(line.indexOf("-jar"), service.jvm());
    return new ServiceSpec(
        spec.name(),
        spec.port(),
        spec.readinessPath(),
        new ChildProcess.Command(line, command.environment(), command.log()));
  }
}
