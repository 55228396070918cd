package dev.anton.executor.runner.builtin;

import dev.anton.egress.AddressRefusedException;
import dev.anton.outgoing.OutgoingHttp;
import dev.anton.outgoing.OutgoingRequest;
import dev.anton.outgoing.OutgoingResponse;
import dev.anton.outgoing.ResponseTooLargeException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a model over HTTP; one call, one answer. */
final class ModelClient {

  /** Too early, too often, overloaded (529 is Anthropic's), or not now. */
  private static final Set<Integer> WORTH_ANOTHER_TRY =
      Set.of(408, 409, 425, 429, 500, 502, 503, 504, 529);

  /** Escaped twice, JSON in JSON, a file may grow sixfold; and there is what stands around it. */
  private static final int GROWTH = 6;

  private static final int FRAME_BYTES = 256 << 10;

  private static final int SHOWN_ERROR_CHARACTERS = 300;

  private final ModelSettings settings;
  private final OutgoingHttp http;

  ModelClient(ModelSettings settings) {
    this.settings = settings;
    this.http = new OutgoingHttp(settings.calls().resolver());
  }

  /**
   * @throws ModelException if there is no answer
   */
  ModelAnswer ask(Conversation conversation) throws ModelException, InterruptedException {
    OutgoingResponse response;
    try {
      response = http.send(request(conversation));
    } catch (AddressRefusedException | ResponseTooLargeException e) {
      throw new ModelException("The model's server: " + e.getMessage(), false);
    } catch (IOException e) {
      throw new ModelException("The model's server: " + e.getMessage(), true);
    }
    if (response.status() != 200) {
      throw new ModelException(
          "The model's server answered with the status " + response.status() + said(response),
          WORTH_ANOTHER_TRY.contains(response.status()));
    }
    try {
      JsonNode json = JsonMapper.shared().readTree(response.body());
      return settings.protocol().read(json);
    } catch (JacksonException e) {
      throw new ModelException("The model's server answered with something that is no JSON", true);
    }
  }

  private OutgoingRequest request(Conversation conversation) {
    ModelSettings.Endpoint endpoint = settings.endpoint();
    Map<String, String> headers = new HashMap<>(settings.protocol().headers(endpoint));
    headers.put("Content-Type", "application/json");
    return new OutgoingRequest(
        "POST",
        URI.create(endpoint.baseUrl() + settings.protocol().path()),
        headers,
        JsonMapper.shared()
            .writeValueAsBytes(
                settings.protocol().body(endpoint, conversation, settings.limits().outputTokens())),
        new OutgoingRequest.Bounds(
            settings.limits().callTimeout(),
            settings.limits().bytes() * GROWTH + FRAME_BYTES,
            /* maxRedirects= */ 0));
  }

  /** The provider's own words: they are what helps when a key or a model's name is wrong. */
  private String said(OutgoingResponse response) {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    try {
      JsonNode error = JsonMapper.shared().readTree(text).path("error");
      text = error.isString() ? error.stringValue() : error.path("message").asString("");
    } catch (JacksonException e) {
      // A proxy's page, say.
    }
    String key = settings.endpoint().apiKey();
    String shown = (key.isEmpty() ? text : text.replace(key, "***")).strip();
    if (shown.isEmpty()) {
      return "";
    }
    return ": "
        + (shown.length() > SHOWN_ERROR_CHARACTERS
            ? shown.substring(0, SHOWN_ERROR_CHARACTERS) + "…"
            : shown);
  }

  /** There is no answer; the message is one sentence for people, without secrets. */
  static final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean retryable;

    ModelException(String reason, boolean retryable) {
      super(reason);
      this.reason = reason;
      this.retryable = retryable;
    }

    String reason() {
      return reason;
    }

    boolean retryable() {
      return retryable;
    }
  }
}
