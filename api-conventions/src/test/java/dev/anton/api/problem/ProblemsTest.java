package dev.anton.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.api.sample.Http;
import dev.anton.api.sample.WithSampleApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@WithSampleApi
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

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
  void aProblemHasAllItsMembersInOrder() {
    HttpResponse<String> response = http.get("/api/failures/problem?x=1");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body())
        .isEqualTo(
            """
            {"type":"urn:anton:problem:odd-thing","title":"Odd thing","status":400,\
            "detail":"Two things are odd","instance":"/api/failures/problem","code":"odd-thing",\
            "errors":[{"pointer":"/a","detail":"a is even"}]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "database, 503, unavailable",
    "kafka, 503, unavailable",
    "optimistic, 409, conflict",
    "nul, 400, invalid-text",
    "teapot, 410, gone"
  })
  void knownFailuresHaveTheirStatusAndCode(String kind, int status, String code) {
    HttpResponse<String> response = http.get("/api/failures/" + kind);

    assertProblem(response, status, code);
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }

  @Test
  void anUnforeseenFailureTellsNothingButAReferenceThatIsLogged(CapturedOutput output) {
    HttpResponse<String> response = http.get("/api/failures/other");

    JsonNode problem = assertProblem(response, 500, "internal-error");
    assertThat(response.body()).doesNotContain("secret", "Exception", "dev.anton.api");
    assertThat(output).contains(problem.get("reference").asString()).contains("a secret of ours");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"items\":                           | malformed-json | ",
        "{\"items\":[]} {}                     | malformed-json | ",
        "{\"items\":[],\"items\":[]}           | malformed-json | ",
        "nonsense                              | malformed-json | ",
        "{\"items\":[],\"itmes\":[]}           | unknown-field  | /itmes",
        "{\"items\":{}}                        | invalid-body   | /items",
        "{\"items\":[{\"name\":5}]}            | invalid-body   | /items/0/name",
        "{\"items\":[{},{\"count\":\"5\"}]}    | invalid-body   | /items/1/count",
        "{\"items\":[{\"count\":1.5}]}         | invalid-body   | /items/0/count",
        "{\"items\":[{\"count\":99999999999}]} | invalid-body   | /items/0/count",
        "{\"items\":[{\"flag\":\"yes\"}]}      | invalid-body   | /items/0/flag",
        "{\"items\":[{\"due\":\"tomorrow\"}]}  | invalid-body   | /items/0/due",
        "{\"items\":[{\"colours\":[\"RED\",\"BLUE\"]}]} | unknown-value | /items/0/colours/1",
        "[]                                    | invalid-body   | ``",
        "null                                  | missing-body   | ",
      })
  void aWrongBodyIsRefusedWithThePlaceOfTheMistake(String body, String code, String pointer) {
    JsonNode problem = assertProblem(http.post("/api/boxes", body), 400, code);

    if (pointer != null) {
      assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
      assertThat(problem.at("/errors/0/detail").asString())
          .isEqualTo(problem.get("detail").asString());
    }
  }

  @Test
  void aRefusalSaysWhatWouldBeAccepted() {
    assertDetail(
        "{\"items\":[{\"colours\":[\"BLUE\"]}]}", "items.0.colours.0 is one of RED, GREEN");
    assertDetail(
        "{\"items\":[{\"count\":\"5\"}]}", "items.0.count is a whole number within 32 bits");
    assertDetail("{\"itmes\":[]}", "There is no field itmes here; known are items, extra");
    assertDetail("{\"items\":7}", "items is an array");
  }

  @Test
  void whatIsAbsentOrNullIsLeftAtItsDefault() {
    HttpResponse<String> response =
        http.post(
            "/api/boxes",
            "{\"items\":[{\"name\":\"a\",\"flag\":null,\"due\":\"2026-01-02T03:04:05+01:00\"}],"
                + "\"extra\":{\"any\":[1,null]}}");

    assertThat(response.body())
        .isEqualTo(
            """
            {"items":[{"name":"a","count":null,"colours":null,"flag":false,\
            "due":"2026-01-02T02:04:05.000Z"}],"extra":{"any":[1,null]}}\
            """);
  }

  @Test
  void aBodyThatIsDeeperOrLongerThanAnyHonestOneIsRefused() {
    String deep = "{\"extra\":{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}}";
    String number = "{\"extra\":{\"a\":" + "9".repeat(5_000) + "}}";

    assertProblem(http.post("/api/boxes", deep), 400, "malformed-json");
    assertProblem(http.post("/api/boxes", number), 400, "malformed-json");
  }

  @Test
  void aConstructorsSentenceReachesTheClient() {
    JsonNode problem = assertProblem(http.post("/api/even", "{\"value\":3}"), 400, "invalid-body");

    assertThat(problem.get("detail").asString()).isEqualTo("value is even");
  }

  @Test
  void everyViolatedConstraintIsListed() {
    JsonNode problem =
        assertProblem(
            http.post("/api/checked", "{\"name\":\"\",\"parts\":[{\"name\":\"x\",\"count\":6}]}"),
            400,
            "invalid-body");

    assertThat(problem.get("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/name", "/parts/0/count");
  }

  @Test
  void whatTheRouterRefusesIsAProblemToo() {
    assertProblem(http.get("/api/nowhere"), 404, "not-found");
    assertProblem(http.post("/api/boxes", ""), 400, "missing-body");
    assertProblem(http.get("/api/number?value=x"), 400, "invalid-parameter");
    assertProblem(http.get("/api/number"), 400, "missing-parameter");
    assertProblem(http.get("/api/colour?value=blue"), 400, "invalid-parameter");
    assertProblem(http.get("/error"), 404, "not-found");
    HttpResponse<String> method = http.get("/api/boxes");
    assertProblem(method, 405, "method-not-allowed");
    assertThat(method.headers().firstValue("Allow")).contains("POST");
    HttpResponse<String> media =
        http.send(
            http.request("/api/boxes", "Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build());
    assertProblem(media, 415, "unsupported-media-type");
    assertProblem(http.get("/api/nowhere", "Accept", "text/html"), 404, "not-found");
  }

  @Test
  void whatTheContainerItselfRefusesIsAProblemToo() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /api/{ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json")
          .contains("\"code\":\"bad-request\"")
          .doesNotContain("<html");
    }
  }

  private void assertDetail(String body, String detail) {
    assertThat(Http.json(http.post("/api/boxes", body)).get("detail").asString()).isEqualTo(detail);
  }

  private static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.headers().firstValue("Content-Type"))
        .as(response.toString())
        .contains("application/problem+json");
    JsonNode problem = Http.json(response);
    assertThat(problem.get("code").asString()).as(response.body()).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    return problem;
  }
}
