package dev.anton.plugin.builtin;

import dev.anton.egress.AddressRefusedException;
import dev.anton.outgoing.AnswerJson;
import dev.anton.outgoing.CallSettings;
import dev.anton.outgoing.HttpCall;
import dev.anton.outgoing.IllegalCallException;
import dev.anton.outgoing.OutgoingHttp;
import dev.anton.outgoing.OutgoingResponse;
import dev.anton.outgoing.ResponseTooLargeException;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one HTTP call. Its errors name the host and the status, never a header, a query or a body.
 */
@Plugin(
    name = "http-request",
    description =
        "Makes an HTTP call to a public address and hands on its status, chosen headers and body,"
            + " JSON or text. POST, PUT and PATCH send the data unless a body is given.",
    inputSchema =
        """
        {"description": "Any JSON value: the body of a POST, PUT or PATCH that is given no other"}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "required": ["url"],
          "properties": {
            "from": {"type": "string"},
            "url": {
              "description": "http or https, without user and password; it is shown in events",
              "type": "string", "minLength": 1, "maxLength": 4000
            },
            "method": {
              "description": "GET unless told",
              "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
            },
            "headers": {
              "description": "By name: a text, or the name of a secret that the operator has set for this host. Never shown in events",
              "writeOnly": true,
              "type": "object", "maxProperties": 50,
              "additionalProperties": {
                "type": ["string", "object"], "maxLength": 8000,
                "required": ["secret"],
                "properties": {"secret": {"type": "string"}, "prefix": {"type": "string"}},
                "additionalProperties": false
              }
            },
            "body": {
              "description": "A text is sent as it is, anything else as JSON. Never shown in events",
              "writeOnly": true
            },
            "timeout": {
              "description": "Of the whole call: 500ms, 30s, 2m, or milliseconds; 30s unless told, at most 10m",
              "type": ["string", "integer"]
            },
            "redirects": {
              "description": "How many a GET or HEAD follows; 3 unless told",
              "type": "integer", "minimum": 0, "maximum": 5
            },
            "expectedStatus": {
              "description": "What counts as success; 200 to 299 unless told",
              "type": ["integer", "array"], "minimum": 100, "maximum": 599, "minItems": 1,
              "items": {"type": "integer", "minimum": 100, "maximum": 599}
            },
            "retryOn": {
              "description": "Statuses that the job's retries apply to; 408, 425, 429, 500, 502, 503, 504 unless told. They always apply when there was no answer",
              "type": "array", "items": {"type": "integer", "minimum": 100, "maximum": 599}
            },
            "outputHeaders": {
              "description": "Names of the headers that are handed on; content-type unless told",
              "type": "array", "maxItems": 50, "items": {"type": "string", "minLength": 1}
            },
            "output": {
              "description": "Whether all is handed on or the body alone, which has to be a text then; response unless told",
              "enum": ["response", "body"]
            }
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {
          "description": "status, headers and body (bodyBase64 if it is no text), or with the option output: body the body alone"
        }
        """)
public final class HttpRequestPlugin implements JobPlugin {

  @Override
  public PluginResult run(PluginContext context) throws InterruptedException {
    context.checkCancelled();
    CallSettings settings = CallSettings.of(context.settings());
    HttpCall call = call(context, settings);
    OutgoingResponse response = send(call, settings);
    int status = response.status();
    if (!call.expected().accepts(status)) {
      String error = host(call) + " answered with the status " + status;
      throw call.retryOn().contains(status)
          ? PluginException.retryable(error)
          : PluginException.permanent(error);
    }
    context.metrics().processed(1);
    context.metrics().set("status", status);
    context.metrics().set("responseBytes", response.body().length);
    ObjectNode answer = AnswerJson.of(response, call.outputHeaders());
    if (!context.options().path("output").asString("response").equals("body")) {
      return new PluginResult(answer);
    }
    if (answer.has("bodyBase64")) {
      throw PluginException.permanent(
          host(call)
              + " answered with a body that is no text; output: response hands it on as"
              + " bodyBase64");
    }
    return new PluginResult(answer.path("body"));
  }

  private static HttpCall call(PluginContext context, CallSettings settings) {
    JsonNode data = context.data();
    try {
      return HttpCall.read(context.options(), data.isMissingNode() ? null : data, settings);
    } catch (IllegalCallException e) {
      throw PluginException.permanent("options.http-request." + e.reason());
    }
  }

  private static OutgoingResponse send(HttpCall call, CallSettings settings)
      throws InterruptedException {
    try {
      return new OutgoingHttp(settings.resolver()).send(call.request());
    } catch (AddressRefusedException | ResponseTooLargeException e) {
      throw PluginException.permanent(host(call) + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw PluginException.retryable(host(call) + ": " + e.getMessage(), e);
    }
  }

  private static String host(HttpCall call) {
    return call.request().method() + " " + call.request().url().getHost();
  }
}
