package dev.anton.dispatcher.api;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A client of the service under test, for one tenant. */
public final class ApiClient implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String tenant;

  public ApiClient(int port, String tenant) {
    this.base = "http://127.0.0.1:" + port;
    this.tenant = tenant;
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, BodyPublishers.ofString(body), headers);
  }

  public Answer patch(String path, String body) {
    return send("PATCH", path, BodyPublishers.ofString(body));
  }

  public Answer put(String path, String body) {
    return send("PUT", path, BodyPublishers.ofString(body));
  }

  @Override
  public void close() {
    http.close();
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("X-Anton-Tenant", tenant)
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the service answered. */
  public record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      return WireJson.mapper().readTree(response.body());
    }

    public String text(String field) {
      return json().path(field).asString("");
    }

    /** The pointers of a problem's errors. */
    public List<String> pointers() {
      return texts(json().path("errors"), "pointer");
    }

    /** One field of each element of a list. */
    public List<String> listed(String field) {
      return texts(json().path("data"), field);
    }

    private static List<String> texts(JsonNode array, String field) {
      return StreamSupport.stream(array.spliterator(), false)
          .map(element -> element.path(field).asString(""))
          .collect(Collectors.toList());
    }
  }
}
