package dev.anton.executor.job;

import dev.anton.api.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a job's {@code webhook}. What an address or a header must be like is the dispatcher's to
 * say, which is asked before the job is taken in; here they only have their types.
 */
final class InlineWebhookParser {

  private static final List<String> FIELDS = List.of("url", "headers", "on", "retries");

  private InlineWebhookParser() {}

  /**
   * @return null if there is none, or it is wrong
   */
  static @Nullable InlineWebhook read(JsonNode webhook, List<FieldError> errors) {
    if (webhook.isMissingNode() || webhook.isNull()) {
      return null;
    }
    if (!webhook.isObject()) {
      errors.add(new FieldError("/webhook", "webhook is an object with a url"));
      return null;
    }
    List<FieldError> found = new ArrayList<>();
    KnownFields.check(webhook, "/webhook", FIELDS, found);
    String url = url(webhook.path("url"), found);
    Map<String, String> headers = headers(webhook.path("headers"), found);
    List<String> on = on(webhook.path("on"), found);
    List<FieldError> inWebhook = new ArrayList<>();
    int retries =
        WholeNumber.read(
            webhook,
            "/retries",
            0,
            InlineWebhook.MAX_RETRIES,
            InlineWebhook.DEFAULT_RETRIES,
            inWebhook);
    inWebhook.forEach(e -> found.add(new FieldError("/webhook" + e.pointer(), e.detail())));
    errors.addAll(found);
    return found.isEmpty() ? new InlineWebhook(url, headers, on, retries) : null;
  }

  private static String url(JsonNode url, List<FieldError> errors) {
    if (url.isString() && !url.asString().isBlank()) {
      return url.asString();
    }
    errors.add(new FieldError("/webhook/url", "url is the address that receives the webhook"));
    return "";
  }

  private static Map<String, String> headers(JsonNode headers, List<FieldError> errors) {
    Map<String, String> read = new LinkedHashMap<>();
    if (headers.isMissingNode() || headers.isNull()) {
      return read;
    }
    if (!headers.isObject()) {
      errors.add(
          new FieldError("/webhook/headers", "headers is an object of header names and texts"));
      return read;
    }
    headers
        .properties()
        .forEach(
            header -> {
              if (header.getValue().isString()) {
                read.put(header.getKey(), header.getValue().asString());
              } else {
                errors.add(
                    new FieldError(
                        "/webhook/headers/" + KnownFields.escape(header.getKey()),
                        "A header's value is a text"));
              }
            });
    return read;
  }

  private static @Nullable List<String> on(JsonNode on, List<FieldError> errors) {
    if (on.isMissingNode() || on.isNull()) {
      return null;
    }
    String accepted = String.join(", ", InlineWebhook.EVENTS);
    if (!on.isArray() || on.isEmpty()) {
      errors.add(
          new FieldError(
              "/webhook/on",
              "on is an array of one or more of " + accepted + "; leave it out to receive all"));
      return null;
    }
    List<String> read = new ArrayList<>();
    for (int i = 0; i < on.size(); i++) {
      if (InlineWebhook.EVENTS.contains(on.get(i).asString(""))) {
        read.add(on.get(i).asString());
      } else {
        errors.add(new FieldError("/webhook/on/" + i, "It is one of " + accepted));
      }
    }
    return read.stream().distinct().toList();
  }
}
