package dev.anton.executor.submission;

import dev.anton.api.problem.ProblemException;
import dev.anton.api.tenant.TenantHeader;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;

/** Asks the planner for finished plans. */
@Component
class Planner {

  private static final Logger log = LoggerFactory.getLogger(Planner.class);

  private static final Duration SENT_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final RestClient http;

  Planner(PlannerProperties properties) {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(properties.connectTimeout()).build());
    requests.setReadTimeout(properties.timeout());
    this.http =
        RestClient.builder().baseUrl(properties.url().toString()).requestFactory(requests).build();
  }

  /**
   * A session all of whose events Kafka has: those of an execution come after them. The planner's
   * relay takes milliseconds, unless Kafka is away.
   *
   * @throws ProblemException if there is no such session, the planner does not answer, or its
   *     events do not leave in time
   */
  PlannedSession sentSession(Tenant tenant, String sessionId) {
    long deadline = System.nanoTime() + SENT_WITHIN.toNanos();
    while (true) {
      PlannedSession session = session(tenant, sessionId);
      if (!Boolean.FALSE.equals(session.eventsSent()) || !session.status().equals("completed")) {
        return session;
      }
      if (System.nanoTime() > deadline) {
        throw ProblemException.unavailable(
            "session-events-pending",
            "The events of the planning session have not been published yet; try again");
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable("interrupted");
      }
    }
  }

  /**
   * @throws ProblemException if there is no such session, or the planner does not answer
   */
  PlannedSession session(Tenant tenant, String sessionId) {
    try {
      byte[] body =
          http.get()
              .uri("/internal/plans/{sessionId}", sessionId)
              .header(TenantHeader.NAME, tenant.id())
              .retrieve()
              .body(byte[].class);
      if (body == null) {
        throw unavailable("an empty answer");
      }
      return WireJson.read(body, PlannedSession.class);
    } catch (RestClientResponseException e) {
      if (e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
        throw ProblemException.notFound("session", sessionId);
      }
      throw unavailable("status " + e.getStatusCode().value());
    } catch (RestClientException | JacksonException e) {
      throw unavailable(e.getMessage());
    }
  }

  private static ProblemException unavailable(@Nullable String why) {
    log.warn("The planner cannot be asked for a plan: {}", why);
    return ProblemException.unavailable(
        "planner-unavailable", "The planner cannot be reached right now; try again");
  }
}
