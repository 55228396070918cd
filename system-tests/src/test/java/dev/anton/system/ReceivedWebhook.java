package dev.anton.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.anton.schemas.json.WireJson;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One POST as it arrived. Header names are lower-case. */
record ReceivedWebhook(
    String path, Map<String, List<String>> headers, String body, Instant receivedAt) {

  static ReceivedWebhook of(
      String path, Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
    Map<String, List<String>> lowerCase = new HashMap<>();
    headers.forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values));
    return new ReceivedWebhook(path, lowerCase, new String(body, UTF_8), receivedAt);
  }

  @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.getFirst();
  }

  JsonNode json() {
    return WireJson.mapper().readTree(body);
  }

  /** The name in the header. */
  String event() {
    return String.valueOf(header("X-Anton-Event"));
  }

  JsonNode payload() {
    return json().path("data");
  }

  /** What identifies a webhook's place in the story: a step's name and end, or a node's id. */
  String line() {
    JsonNode data = payload();
    StringBuilder line = new StringBuilder(event());
    for (String field : List.of("step", "status", "nodeId")) {
      if (data.hasNonNull(field) && !event().equals("plan.started")) {
        line.append(' ').append(data.path(field).asString());
      }
    }
    return line.toString();
  }

  /** Checked with this test's own HMAC over the bytes that arrived. */
  boolean hasAntonSignatureBy(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      String expected = HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
      return expected.equals(header("X-Anton-Signature"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checked with the reference library. */
  boolean hasStandardSignatureBy(String signingSecret) {
    try {
      new Webhook(signingSecret).verify(body, new HashMap<>(headers));
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    } catch (com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
