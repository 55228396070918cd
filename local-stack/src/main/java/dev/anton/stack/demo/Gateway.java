package dev.anton.stack.demo;

import dev.anton.stack.process.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anton's public API, as any client sees it. */
final class Gateway implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Gateway(String url) {
    this.url = url;
  }

  /** Posts and expects the status; the answer's body. */
  JsonNode post(String path, String json, int expected) throws InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != expected) {
      throw new StartException(
          "POST %s answered %d instead of %d: %s"
              .formatted(path, answer.statusCode(), expected, answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  JsonNode get(String path) throws InterruptedException {
    return JSON.readTree(getText(path));
  }

  String getText(String path) throws InterruptedException {
    HttpResponse<String> answer = send(request(path).GET().build());
    if (answer.statusCode() != 200) {
      throw new StartException(
          "GET %s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  /** Whatever it answers: there is nothing left to do about it. */
  void delete(String path) throws InterruptedException {
    send(request(path).DELETE().build());
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StartException(
          "The gateway at %s does not answer (%s); ./anton status shows what runs."
              .formatted(url, e.getClass().getSimpleName()),
          e);
    }
  }
}
