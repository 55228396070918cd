package dev.anton.executor.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.executor.plugin.InstalledPlugin;
import dev.anton.executor.plugin.PluginCatalogue;
import dev.anton.schemas.json.WireJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes a request of the body of {@code POST /api/jobs}, or says all that is wrong with it. */
@Component
class JobRequestParser {

  private static final List<String> FIELDS =
      List.of("input", "plugins", "retries", "timeout", "webhook");

  private final PluginCatalogue catalogue;
  private final Duration defaultTimeout;

  JobRequestParser(PluginCatalogue catalogue, JobsProperties properties) {
    this.catalogue = catalogue;
    this.defaultTimeout = properties.defaultTimeout();
  }

  /**
   * @throws ProblemException with every error found, if there is any
   */
  JobRequest parse(JsonNode body) {
    if (!body.isObject()) {
      throw ProblemException.badInput(
          "invalid-job", "", "A job is a JSON object with input and plugins");
    }
    List<FieldError> errors = new ArrayList<>();
    KnownFields.check(body, "", FIELDS, errors);
    JsonNode input = input(body.path("input"), errors);
    List<String> plugins = plugins(body.path("plugins"), errors);
    int retries = WholeNumber.read(body, "/retries", 0, JobDefinition.MAX_RETRIES, 0, errors);
    Duration timeout = JobTimeout.read(body.path("timeout"), defaultTimeout, errors);
    InlineWebhook webhook = InlineWebhookParser.read(body.path("webhook"), errors);
    if (errors.isEmpty()) {
      checkAgainstSchemas(input, plugins, errors);
    }
    if (!errors.isEmpty()) {
      throw ProblemException.badInput("invalid-job", summary(errors), errors);
    }
    return new JobRequest(new JobDefinition(input, plugins, retries, timeout), webhook);
  }

  private static JsonNode input(JsonNode input, List<FieldError> errors) {
    if (input.isMissingNode() || input.isNull()) {
      errors.add(new FieldError("/input", "input is required: any JSON value but null"));
      return JsonNodeFactory.instance.nullNode();
    }
    String text = WireJson.mapper().writeValueAsString(input);
    if (!UTF_8.newEncoder().canEncode(text)) {
      errors.add(new FieldError("/input", "input holds half a surrogate pair, which no UTF-8 has"));
      return input;
    }
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > JobDefinition.MAX_INPUT_BYTES) {
      String detail =
          "input has %d bytes as JSON; at most %d are accepted. Put what is larger where a plugin"
                  .formatted(bytes, JobDefinition.MAX_INPUT_BYTES)
              + " can fetch it, and send its address";
      throw new ProblemException(
          HttpStatus.CONTENT_TOO_LARGE,
          "input-too-large",
          detail,
          List.of(new FieldError("/input", detail)));
    }
    return input;
  }

  private List<String> plugins(JsonNode plugins, List<FieldError> errors) {
    if (!plugins.isArray() || plugins.isEmpty() || plugins.size() > JobDefinition.MAX_PLUGINS) {
      errors.add(
          new FieldError(
              "/plugins",
              "plugins is an array of 1 to %d names; known are %s"
                  .formatted(JobDefinition.MAX_PLUGINS, known())));
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < plugins.size(); i++) {
      JsonNode name = plugins.get(i);
      if (!name.isString() || catalogue.find(name.asString()).isEmpty()) {
        errors.add(
            new FieldError(
                "/plugins/" + i, "There is no such plugin; known are %s".formatted(known())));
      } else {
        names.add(name.asString());
      }
    }
    return names;
  }

  private void checkAgainstSchemas(JsonNode input, List<String> plugins, List<FieldError> errors) {
    for (String name : new LinkedHashSet<>(plugins)) {
      JsonNode options = input.path("options").path(name);
      add("/input/options/" + name, plugin(name).checkOptions(orEmpty(options)), errors);
    }
    String first = plugins.getFirst();
    JsonNode from = input.path("options").path(first).path("from");
    if (!from.isMissingNode() && !from.asString("").equals("input")) {
      errors.add(
          new FieldError(
              "/input/options/" + first + "/from",
              "No plugin runs before the first: from can only be \"input\" here"));
      return;
    }
    JsonNode data = input.isObject() ? input.path("data") : input;
    String pointer = input.isObject() ? "/input/data" : "/input";
    if (data.isMissingNode()) {
      errors.add(new FieldError(pointer, "The first plugin, " + first + ", works on input.data"));
    } else {
      add(pointer, plugin(first).checkData(data), errors);
    }
  }

  private InstalledPlugin plugin(String name) {
    return catalogue.find(name).orElseThrow();
  }

  private String known() {
    return String.join(", ", catalogue.names());
  }

  private static JsonNode orEmpty(JsonNode options) {
    return options.isMissingNode() ? JsonNodeFactory.instance.objectNode() : options;
  }

  private static void add(
      String base, List<InstalledPlugin.Violation> violations, List<FieldError> errors) {
    violations.forEach(v -> errors.add(new FieldError(base + v.pointer(), v.message())));
  }

  private static String summary(List<FieldError> errors) {
    return errors.size() == 1
        ? errors.getFirst().detail()
        : errors.size() + " things are wrong with this job; errors lists them";
  }
}
