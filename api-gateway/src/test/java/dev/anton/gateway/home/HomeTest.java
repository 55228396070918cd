package dev.anton.gateway.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.gateway.stub.GatewayUnderTest;
import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest extends GatewayUnderTest {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

  @Test
  void aBrowserGetsAPage() {
    HttpResponse<String> response = get("/", "Accept", BROWSER);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(response.body()).contains("Anton", "/swagger-ui.html", "/v3/api-docs");
    assertThat(response.body()).doesNotContain("{{", "<script", "style=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "application/json", "application/json, text/html;q=0.9", "nonsense"})
  void aProgramGetsJson(String accept) {
    HttpResponse<String> response = get("/", "Accept", accept);

    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(response).get("name").asString()).isEqualTo("Anton");
    assertThat(json(response).get("version").asString()).matches("[0-9].*");
    assertThat(json(response).at("/links/apiDescription").asString()).isEqualTo("/v3/api-docs");
    assertThat(json(response).at("/links/plans").asString()).isEqualTo("/api/plans");
  }

  @Test
  void withoutAnAcceptHeaderItIsJson() {
    assertThat(get("/").headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void pagesLoadNothingFromElsewhereAndEverythingTheyNameIsThere() {
    for (String page : new String[] {"/", "/swagger-ui.html"}) {
      HttpResponse<String> response = get(page, "Accept", BROWSER);

      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(
              Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                  .matcher(response.body())
                  .results()
                  .map(MatchResult::group)
                  .map(match -> match.replaceAll(".*=\"|\"", "")))
          .isNotEmpty()
          .allSatisfy(link -> assertThat(get(link).statusCode()).as(link).isEqualTo(200));
    }
  }

  @Test
  void noOtherSiteMayReadAnswers() {
    HttpResponse<String> response = get("/", "Origin", "https://elsewhere.example");

    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }
}
