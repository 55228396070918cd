package dev.anton.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Speaks to the one public door as a client would. */
public final class GatewayClient {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String origin;

  GatewayClient(String origin) {
    this.origin = origin;
  }

  public Answer post(String path, String json) {
    return post(path, json, Map.of());
  }

  public Answer post(String path, String json, Map<String, String> headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json, UTF_8))
            .build());
  }

  public Answer get(String path) {
    return get(path, Map.of());
  }

  Answer get(String path, Map<String, String> headers) {
    return send(request(path, headers).GET().build());
  }

  public Answer delete(String path) {
    return send(request(path, Map.of()).DELETE().build());
  }

  public Answer patch(String path, String json) {
    return send(
        request(path, Map.of())
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json, UTF_8))
            .build());
  }

  private HttpRequest.Builder request(String path, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(30));
    headers.forEach(request::header);
    return request;
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("Location").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(int status, String contentType, String location, String body) {

    public JsonNode json() {
      return WireJson.mapper().readTree(body);
    }

    public String text(String field) {
      return json().path(field).asString("");
    }
  }
}
