package dev.anton.executor.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.api.tenant.TenantHeader;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * The dispatcher's subscriptions of single jobs. A job's is there before the job is, so that no
 * event of it is missed.
 */
@Component
class JobSubscriptions {

  private static final Logger log = LoggerFactory.getLogger(JobSubscriptions.class);

  /** A problem with an error for every header is far smaller. */
  private static final long MAX_ANSWER_BYTES = 64 * 1024;

  private final DispatcherProperties dispatcher;
  private final HttpClient client;

  JobSubscriptions(DispatcherProperties dispatcher) {
    this.dispatcher = dispatcher;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(dispatcher.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Subscribes the webhook to the job's events. Doing it again has the effect of once.
   *
   * @throws ProblemException bad input, if the dispatcher refuses the webhook; unavailable, if it
   *     cannot be asked
   */
  void create(Tenant tenant, String jobId, InlineWebhook webhook) {
    Body body = new Body(webhook.url(), webhook.headers(), webhook.on(), webhook.retries());
    HttpRequest request =
        request(tenant, jobId)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(WireJson.write(body)))
            .build();
    HttpResponse<byte[]> answer;
    try {
      answer = send(request);
    } catch (IOException e) {
      log.warn("Job {} is refused, the dispatcher does not answer: {}", jobId, e.toString());
      throw unavailable();
    }
    switch (answer.statusCode()) {
      case 200, 201, 204 -> {}
      case 400 -> throw refused(answer.body());
      default -> {
        log.warn("Job {} is refused, the dispatcher answers {}", jobId, answer.statusCode());
        throw unavailable();
      }
    }
  }

  /** Takes the subscription back, if the dispatcher can be reached. */
  void delete(Tenant tenant, String jobId) {
    try {
      int status = send(request(tenant, jobId).DELETE().build()).statusCode();
      if (status >= 300 && status != 404) {
        log.warn("The webhook of job {} is left behind: the dispatcher answers {}", jobId, status);
      }
    } catch (IOException e) {
      log.warn("The webhook of job {} is left behind: {}", jobId, e.toString());
    }
  }

  private HttpRequest.Builder request(Tenant tenant, String jobId) {
    String base = dispatcher.url().toString().replaceFirst("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + "/internal/job-subscriptions/" + jobId))
        .timeout(dispatcher.timeout())
        .header("Accept", "application/json, application/problem+json")
        .header(TenantHeader.NAME, tenant.id());
  }

  /** The client's own timeout ends with the answer's headers; this one is of the whole exchange. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      return answer.get(dispatcher.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer within " + dispatcher.timeout(), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.unavailable(
        "webhook-unavailable",
        "The webhook cannot be set up now, so the job was not taken in; try again");
  }

  /** The dispatcher's own words; its pointers are into the webhook. */
  private static ProblemException refused(byte[] body) {
    try {
      Problem problem = WireJson.read(body, Problem.class);
      List<FieldError> errors =
          problem.errors() == null
              ? List.of()
              : problem.errors().stream()
                  .map(e -> new FieldError(intoWebhook(e.pointer()), e.detail()))
                  .toList();
      return ProblemException.badInput(
          problem.code() == null ? "invalid-webhook" : problem.code(),
          problem.detail() == null ? "The webhook is not accepted" : problem.detail(),
          errors);
    } catch (JacksonException e) {
      return ProblemException.badInput(
          "invalid-webhook", "/webhook", "The webhook is not accepted");
    }
  }

  private static String intoWebhook(String pointer) {
    return pointer.isEmpty() || pointer.startsWith("/")
        ? "/webhook" + pointer
        : "/webhook/" + pointer;
  }

  /** What is sent; an absent {@code on} is null on the wire, which means all. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private record Body(
      String url, Map<String, String> headers, @Nullable List<String> on, int retries) {}

  private record Problem(
      @Nullable String code, @Nullable String detail, @Nullable List<FieldError> errors) {}
}
