package dev.anton.executor.runner.builtin;

import dev.anton.outgoing.CallSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Which language model writes, and how much it may.
 *
 * @param calls which addresses may be reached
 */
record ModelSettings(ModelProtocol protocol, Endpoint endpoint, Limits limits, CallSettings calls) {

  /**
   * Where the model is.
   *
   * @param baseUrl without a slash at its end
   * @param apiKey empty if the server wants none
   * @param responseFormat how an OpenAI-compatible server is asked for JSON: {@code json_schema},
   *     {@code json_object} or {@code none}
   */
  record Endpoint(URI baseUrl, String model, String apiKey, String responseFormat) {}

  /**
   * How much a node may cost and write.
   *
   * @param outputTokens of one answer
   * @param tokens of all calls of one attempt, questions included; none is made beyond
   * @param corrections how often a model is told what was wrong with its answer
   * @param callTimeout of one call
   * @param fileBytes of one file
   * @param bytes of all files together
   * @param contextBytes of the project's files that are shown to the model
   */
  record Limits(
      int outputTokens,
      int tokens,
      int corrections,
      Duration callTimeout,
      int files,
      int fileBytes,
      int bytes,
      int contextBytes) {}

  static final String OFF =
      "it is off, since it sends instructions and files to a language model: an operator switches"
          + " it on by the settings provider (openai, anthropic or ollama) and model";

  /**
   * @throws IllegalArgumentException if it is off or a setting cannot be read; the message says so
   */
  static ModelSettings of(Map<String, String> settings) {
    String provider = settings.getOrDefault("provider", "").strip();
    if (provider.isEmpty()) {
      throw new IllegalArgumentException(OFF);
    }
    ModelProtocol protocol = ModelProtocol.of(provider);
    String model = settings.getOrDefault("model", "").strip();
    if (model.isEmpty()) {
      throw new IllegalArgumentException("its setting model names no model");
    }
    String apiKey = settings.getOrDefault("api-key", "").strip();
    if (apiKey.isEmpty() && protocol.needsKey()) {
      throw new IllegalArgumentException("its setting api-key is missing");
    }
    CallSettings calls = CallSettings.of(settings);
    return new ModelSettings(
        protocol,
        new Endpoint(
            baseUrl(
                settings.getOrDefault("base-url", protocol.defaultBaseUrl()).strip(),
                calls.httpsOnly()),
            model,
            apiKey,
            responseFormat(settings.getOrDefault("response-format", "json_schema").strip())),
        limits(settings),
        calls);
  }

  private static Limits limits(Map<String, String> settings) {
    return new Limits(
        number(settings, "max-output-tokens", 8_192, 1, 1_000_000),
        number(settings, "max-tokens", 100_000, 1, 10_000_000),
        number(settings, "corrections", 2, 0, 10),
        Duration.ofSeconds(number(settings, "call-timeout-seconds", 180, 1, 3_600)),
        number(settings, "max-files", 50, 1, TemplateRunner.MAX_FILES),
        number(settings, "max-file-bytes", 256 << 10, 1, 8 << 20),
        number(settings, "max-bytes", 1 << 20, 1, 8 << 20),
        number(settings, "max-context-bytes", 128 << 10, 0, 8 << 20));
  }

  private static URI baseUrl(String text, boolean httpsOnly) {
    try {
      URI url = URI.create(text.replaceAll("/+$", ""));
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (url.getHost() != null
          && (scheme.equals("https") || (scheme.equals("http") && !httpsOnly))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        httpsOnly
            ? "its setting base-url is no https URL, and only such are called here"
            : "its setting base-url is no http or https URL");
  }

  private static String responseFormat(String text) {
    return switch (text) {
      case "json_schema", "json_object", "none" -> text;
      default ->
          throw new IllegalArgumentException(
              "its setting response-format is json_schema, json_object or none, not " + text);
    };
  }

  private static int number(
      Map<String, String> settings, String name, int otherwise, int least, int most) {
    String text = settings.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "its setting %s is a whole number from %d to %d, not %s"
            .formatted(name, least, most, text));
  }
}
