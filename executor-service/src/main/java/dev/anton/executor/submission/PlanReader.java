package dev.anton.executor.submission;

import dev.anton.api.problem.FieldError;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a plan from JSON and says of everything that has the wrong form where it is. What a plan
 * for people holds (label, type, instructions) may be left out.
 */
final class PlanReader {

  private static final int MAX_TITLE = 500;
  private static final String DEFAULT_TYPE = "task";

  private final String at;
  private final List<FieldError> errors = new ArrayList<>();

  private PlanReader(String at) {
    this.at = at;
  }

  /** Either a plan, or what is wrong. */
  record Reading(@Nullable Plan plan, List<FieldError> errors) {}

  /**
   * @param at JSON pointer to the plan, for the errors
   */
  static Reading read(JsonNode json, String at) {
    PlanReader reader = new PlanReader(at);
    Plan plan = reader.plan(json);
    return new Reading(reader.errors.isEmpty() ? plan : null, List.copyOf(reader.errors));
  }

  private @Nullable Plan plan(JsonNode json) {
    if (!json.isObject()) {
      wrong("", "A plan is an object with projectName and nodes");
      return null;
    }
    JsonNode nodes = json.path("nodes");
    if (!nodes.isArray()) {
      wrong("/nodes", "nodes is a list of nodes");
      return null;
    }
    List<Plan.Node> read = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      read.add(node(nodes.path(i), "/nodes/" + i));
    }
    return new Plan(
        text(json, "projectName", "", "", 200), text(json, "description", "", "", 100_000), read);
  }

  private Plan.Node node(JsonNode json, String where) {
    if (!json.isObject()) {
      wrong(where, "A node is an object with id and runner");
    }
    String id = required(json, "id", where);
    return new Plan.Node(
        id,
        text(json, "type", where, DEFAULT_TYPE, MAX_TITLE),
        text(json, "label", where, id, MAX_TITLE),
        text(json, "instructions", where, "", 100_000),
        required(json, "runner", where),
        texts(json, "dependencies", where),
        inputs(json, where),
        texts(json, "acceptance", where),
        retry(json.path("retry"), where + "/retry"),
        optional(json, "timeout", where),
        optional(json, "condition", where));
  }

  private JsonNode inputs(JsonNode node, String where) {
    JsonNode inputs = node.path("inputs");
    if (inputs.isMissingNode() || inputs.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!inputs.isObject()) {
      wrong(where + "/inputs", "inputs is an object");
    }
    return inputs;
  }

  private Plan.@Nullable Retry retry(JsonNode retry, String where) {
    if (retry.isMissingNode() || retry.isNull()) {
      return null;
    }
    if (!retry.isObject() || !retry.path("maxAttempts").isInt()) {
      wrong(where, "retry is an object with maxAttempts, a whole number, and maybe initialDelay");
      return null;
    }
    return new Plan.Retry(
        retry.path("maxAttempts").intValue(), optional(retry, "initialDelay", where));
  }

  private String required(JsonNode json, String field, String where) {
    JsonNode value = json.path(field);
    if (!value.isString() || value.stringValue().isBlank()) {
      wrong(where + "/" + field, field + " is a text and cannot be left out");
      return "";
    }
    return value.stringValue();
  }

  private String text(JsonNode json, String field, String where, String absent, int max) {
    String value = optional(json, field, where);
    if (value != null && value.length() > max) {
      wrong(where + "/" + field, field + " has at most " + max + " characters");
    }
    return value == null ? absent : value;
  }

  private @Nullable String optional(JsonNode json, String field, String where) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      wrong(where + "/" + field, field + " is a text");
      return null;
    }
    return value.stringValue();
  }

  private List<String> texts(JsonNode json, String field, String where) {
    JsonNode values = json.path(field);
    List<String> texts = new ArrayList<>();
    if (values.isMissingNode() || values.isNull()) {
      return texts;
    }
    if (!values.isArray() || values.valueStream().anyMatch(value -> !value.isString())) {
      wrong(where + "/" + field, field + " is a list of texts");
      return texts;
    }
    values.forEach(value -> texts.add(value.stringValue()));
    return texts;
  }

  private void wrong(String where, String detail) {
    errors.add(new FieldError(at + where, detail));
  }
}
