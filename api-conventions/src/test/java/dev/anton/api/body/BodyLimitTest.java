package dev.anton.api.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.api.sample.Http;
import dev.anton.api.sample.WithSampleApi;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WithSampleApi
class BodyLimitTest {

  private static final int LIMIT = 1 << 20;

  @LocalServerPort private int port;

  @Test
  void aBodyOfExactlyTheLimitPasses() {
    assertThat(post("/api/bytes", fixed(LIMIT)).body()).isEqualTo("1048576");
    assertThat(post("/api/bytes", chunked(LIMIT)).body()).isEqualTo("1048576");
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 2 * LIMIT, 7 * LIMIT})
  void aLargerBodyIsRefusedWhetherItsLengthIsDeclaredOrNot(int size) {
    assertTooLarge(post("/api/bytes", fixed(size)));
    assertTooLarge(post("/api/bytes", chunked(size)));
    assertTooLarge(post("/api/boxes", chunked(size)));
    assertTooLarge(post("/api/nowhere", fixed(size)));
  }

  private HttpResponse<String> post(String path, BodyPublisher body) {
    try (Http http = new Http(port)) {
      return http.send(http.request(path, "Content-Type", "application/json").POST(body).build());
    }
  }

  private static void assertTooLarge(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(Http.json(response).get("code").asString()).isEqualTo("payload-too-large");
    assertThat(response.body()).contains("at most 1048576 bytes");
  }

  private static BodyPublisher fixed(int size) {
    return BodyPublishers.ofByteArray(new byte[size]);
  }

  private static BodyPublisher chunked(int size) {
    byte[] spaces = new byte[size];
    java.util.Arrays.fill(spaces, (byte) ' ');
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces));
  }
}
