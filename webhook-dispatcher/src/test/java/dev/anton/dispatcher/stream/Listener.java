package dev.anton.dispatcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A client that listens to a stream and keeps what it got. */
final class Listener implements AutoCloseable {

  /** An event as it came. */
  record Heard(String id, String event, String data) {

    JsonNode json() {
      return WireJson.mapper().readTree(data);
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final int port;
  private final String tenant;

  Listener(int port, String tenant) {
    this.port = port;
    this.tenant = tenant;
  }

  /** Asks for a stream that is refused. */
  HttpResponse<String> refused(String query, String... headers) {
    return send(query, BodyHandlers.ofString(), headers);
  }

  /** Listens from now on. */
  Listener listen(String query, String... headers) {
    HttpResponse<Stream<String>> response = send(query, BodyHandlers.ofLines(), headers);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    Thread.ofVirtual().start(() -> read(response.body()));
    Awaitility.await().atMost(PATIENCE).until(() -> lines.contains(": open"));
    return this;
  }

  List<Heard> heard() {
    return heard;
  }

  /** The ids of what came, once this one has. */
  List<String> idsUpTo(String id) {
    Awaitility.await()
        .alias(id + " arrives")
        .atMost(PATIENCE)
        .until(() -> heard.stream().anyMatch(event -> event.id().equals(id)));
    return heard.stream().map(Heard::id).toList();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void read(Stream<String> body) {
    String id = "";
    String event = "";
    String data = "";
    try {
      for (String line : (Iterable<String>) body::iterator) {
        lines.add(line);
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
          heard.add(new Heard(id, event, data));
          data = "";
        }
      }
    } catch (UncheckedIOException e) {
      lines.add("broken off");
    }
  }

  private <T> HttpResponse<T> send(
      String query, HttpResponse.BodyHandler<T> body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/events/stream" + query))
            .header("Accept", "text/event-stream")
            .header("X-Anton-Tenant", tenant);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
