package dev.anton.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.api.sample.Http;
import dev.anton.api.sample.WithSampleApi;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@WithSampleApi
class OpenApiTest {

  @LocalServerPort private int port;

  @Test
  void theDescriptionSaysWhatEveryEndpointHasInCommon() {
    JsonNode description = describe();

    assertThat(description.get("openapi").asString()).startsWith("3.1");
    assertThat(names(description, "/paths/~1api~1page/get/parameters"))
        .containsExactly("limit", "cursor");
    assertThat(description.at("/paths/~1api~1page/get/parameters/0/schema/maximum").asInt())
        .isEqualTo(250);
    assertThat(names(description, "/paths/~1api~1tenant/get/parameters")).isEmpty();
    assertThat(names(description, "/paths/~1api~1boxes/post/parameters"))
        .containsExactly("Idempotency-Key");
    assertThat(
            description
                .at(
                    "/paths/~1api~1boxes/post/responses/default/content"
                        + "/application~1problem+json/schema/$ref")
                .asString())
        .isEqualTo("#/components/schemas/Problem");
    assertThat(description.at("/components/schemas/Problem/properties/code").isMissingNode())
        .isFalse();
    assertThat(description.at("/components/schemas/FieldError").isMissingNode()).isFalse();
  }

  @Test
  void onlyThePublicApiIsDescribed() {
    assertThat(describe().get("paths").propertyNames()).allMatch(path -> path.startsWith("/api/"));
  }

  private JsonNode describe() {
    try (Http http = new Http(port)) {
      return Http.json(http.get("/v3/api-docs"));
    }
  }

  private static java.util.List<String> names(JsonNode description, String pointer) {
    return description.at(pointer).valueStream().map(p -> p.get("name").asString()).toList();
  }
}
