package dev.anton.executor.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A client of the jobs' API. */
final class JobsApi {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  JobsApi(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** Submits a job that is taken in; its id. */
  String submit(String body) {
    Answer answer = post("/api/jobs", body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.body().path("jobId").asString();
  }

  Answer post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.POST(BodyPublishers.ofString(body)).build());
  }

  Answer get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  JsonNode job(String id) {
    return get("/api/jobs/" + id).body();
  }

  Answer cancel(String id) {
    return post("/api/jobs/" + id + "/cancel", "");
  }

  /** Waits until the job has the status; the job then. */
  JsonNode awaitStatus(String id, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> job(id).path("status").asString().equals(status));
    return job(id);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("Location").orElse(""),
          new String(response.body(), UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  record Answer(int status, String contentType, String location, String text) {

    JsonNode body() {
      return WireJson.mapper().readTree(text);
    }
  }
}
