package dev.anton.executor.submission;

import dev.anton.api.problem.ProblemException;
import dev.anton.api.tenant.TenantHeader;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.net.http.HttpClient;
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
