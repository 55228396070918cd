package dev.anton.planner.session;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The planner as a client sees it. */
final class PlannerClient implements AutoCloseable {

  record Answer(int status, Map<String, String> headers, JsonNode json) {

    String text(String field) {
      return json.path(field).asString("");
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  PlannerClient(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  Answer plan(String prompt, String... headers) {
    return post(
        "/api/plans", WireJson.mapper().writeValueAsString(Map.of("prompt", prompt)), headers);
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  Answer post(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      String body = response.body();
      return new Answer(
          response.statusCode(),
          headers,
          WireJson.mapper().readTree(body.isEmpty() ? "null" : body));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
