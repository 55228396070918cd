package dev.anton.api.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.api.sample.Http;
import dev.anton.api.sample.WithSampleApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@WithSampleApi
class ArgumentsTest {

  @LocalServerPort private int port;
  private Http http;

  @BeforeEach
  void connect() {
    http = new Http(port);
  }

  @AfterEach
  void disconnect() {
    http.close();
  }

  @Test
  void theTenantIsTheOneOfTheHeaderAndElseTheDefault() {
    assertThat(http.get("/api/tenant").body()).isEqualTo("default");
    assertThat(http.get("/api/tenant", TenantHeader.NAME, "acme").body()).isEqualTo("acme");
    assertThat(http.get("/api/tenant", TenantHeader.NAME, "No Such").statusCode()).isEqualTo(400);
  }

  @Test
  void aPageIsAskedForWithLimitAndCursor() {
    assertThat(http.get("/api/page").body()).isEqualTo("{\"limit\":50,\"after\":null}");
    assertThat(http.get("/api/page?limit=250&cursor=YWJj").body())
        .isEqualTo("{\"limit\":250,\"after\":\"abc\"}");
    assertThat(Http.json(http.get("/api/page?limit=251")).get("code").asString())
        .isEqualTo("invalid-limit");
    assertThat(Http.json(http.get("/api/page?cursor=%21")).get("code").asString())
        .isEqualTo("invalid-cursor");
  }
}
