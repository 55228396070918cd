package dev.anton.gateway.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.anton.gateway.stub.GatewayUnderTest;
import dev.anton.gateway.stub.StubService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiDescriptionTest extends GatewayUnderTest {

  private static final String SHARED = "\"Problem\":{\"type\":\"object\"}";

  @BeforeEach
  void describe() {
    PLANNER.answers(
        description(
            """
            "/api/plans":{"get":{"operationId":"list","responses":{"200":{"content":
              {"application/json":{"schema":{"$ref":"#/components/schemas/Page"}}}}}}},
            "/internal/plans":{"get":{}}
            """,
            "\"Page\":{\"title\":\"plans\"}," + SHARED,
            "planning"));
    EXECUTOR.answers(
        description(
            """
            "/api/jobs":{"get":{"operationId":"list","responses":{"200":{"content":
              {"application/json":{"schema":{"$ref":"#/components/schemas/Page"}}}}}}},
            "/api/plans":{"delete":{}}
            """,
            "\"Page\":{\"title\":\"jobs\",\"items\":{\"$ref\":\"#/components/schemas/Page\"}},"
                + SHARED,
            "jobs"));
    DISPATCHER.answers(description("\"/api/webhooks\":{\"get\":{}}", SHARED, "webhooks"));
  }

  @Test
  void oneDocumentDescribesTheWholePublicApiAndNothingElse() {
    JsonNode document = json(get("/v3/api-docs"));

    assertThat(document.get("openapi").asString()).startsWith("3.1");
    assertThat(document.at("/servers/0/url").asString()).isEqualTo("/");
    assertThat(document.at("/paths").propertyNames())
        .containsExactlyInAnyOrder("/api/plans", "/api/jobs", "/api/webhooks");
    assertThat(document.at("/paths/~1api~1plans").has("delete")).isFalse();
    assertThat(document.at("/tags").valueStream().map(tag -> tag.get("name").asString()))
        .containsExactly("planning", "jobs", "webhooks");
    assertThat(document.has("x-anton-unavailable")).isFalse();
  }

  @Test
  void componentsOfOneNameAreSharedIfEqualAndElseKeptApart() {
    JsonNode document = json(get("/v3/api-docs"));

    assertThat(document.at("/components/schemas").propertyNames())
        .containsExactlyInAnyOrder("Page", "ExecutorPage", "Problem");
    String reference = "/get/responses/200/content/application~1json/schema/$ref";
    assertThat(document.at("/paths/~1api~1plans" + reference).asString())
        .isEqualTo("#/components/schemas/Page");
    assertThat(document.at("/paths/~1api~1jobs" + reference).asString())
        .isEqualTo("#/components/schemas/ExecutorPage");
    assertThat(document.at("/components/schemas/ExecutorPage/items/$ref").asString())
        .isEqualTo("#/components/schemas/ExecutorPage");
    assertThat(document.at("/paths/~1api~1plans/get/operationId").asString()).isEqualTo("list");
    assertThat(document.at("/paths/~1api~1jobs/get/operationId").asString())
        .isEqualTo("Executorlist");
  }

  @Test
  void aServiceThatIsAwayIsShownAsLastSeenAndNoted() {
    get("/v3/api-docs");
    PLANNER.answers(exchange -> StubService.answer(exchange, 503, "{}"));

    JsonNode document = json(get("/v3/api-docs"));

    assertThat(document.at("/x-anton-stale/0").asString()).isEqualTo("planner-service");
    assertThat(document.at("/info/description").asString()).contains("planner-service");
    assertThat(document.at("/paths").propertyNames()).contains("/api/plans", "/api/jobs");
  }

  private static HttpHandler description(String paths, String schemas, String tag) {
    String document =
        """
        {"openapi":"3.1.0","servers":[{"url":"http://127.0.0.1:3002"}],"tags":[{"name":"%s"}],
         "paths":{%s},"components":{"schemas":{%s}}}
        """
            .formatted(tag, paths, schemas);
    return exchange -> StubService.answer(exchange, 200, document);
  }
}
