package dev.anton.planner.model;

import dev.anton.planner.review.Finding;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a plan from what the model wrote and says of everything that has the wrong form where it
 * is. Never throws: a model may write anything.
 */
final class AnswerReader {

  static final String INVALID_JSON = "invalid-json";
  static final String INVALID_FORM = "invalid-form";

  private static final int MAX_TITLE = 200;
  private static final int MAX_INSTRUCTIONS = 10_000;
  private static final int MAX_ID = 128;
  private static final int MAX_TEXTS = 1_000;

  private final List<Finding> problems = new ArrayList<>();

  private AnswerReader() {}

  /**
   * Either a plan, or what is wrong.
   *
   * @param plan not reviewed yet
   */
  record Reading(@Nullable Plan plan, List<Finding> problems) {}

  static Reading read(String text, String projectName) {
    AnswerReader reader = new AnswerReader();
    JsonNode json = reader.json(text);
    Plan plan = json == null ? null : reader.plan(json, projectName);
    return new Reading(reader.problems.isEmpty() ? plan : null, List.copyOf(reader.problems));
  }

  /** Models like to wrap their answers in a code block, or to say something first. */
  private @Nullable JsonNode json(String text) {
    int start = text.indexOf('{');
    int end = text.lastIndexOf('}');
    if (start < 0 || end < start) {
      wrong(INVALID_JSON, "", "The answer is no JSON object");
      return null;
    }
    try {
      return WireJson.mapper().readTree(text.substring(start, end + 1));
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      wrong(
          INVALID_JSON, "", "The JSON is not well-formed" + where + ": " + e.getOriginalMessage());
      return null;
    }
  }

  private @Nullable Plan plan(JsonNode json, String projectName) {
    JsonNode nodes = json.path("nodes");
    if (!nodes.isArray()) {
      wrong(INVALID_FORM, "/nodes", "nodes is a list of nodes");
      return null;
    }
    List<Plan.Node> read = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Plan.Node node = node(nodes.path(i), "/nodes/" + i);
      if (node != null) {
        read.add(node);
      }
    }
    String description = text(json, "description", "", MAX_INSTRUCTIONS);
    return new Plan(projectName, description.isBlank() ? projectName : description, read);
  }

  private Plan.@Nullable Node node(JsonNode json, String at) {
    if (!json.isObject()) {
      wrong(INVALID_FORM, at, "A node is an object with id, runner and inputs");
      return null;
    }
    String id = required(json, "id", at, MAX_ID);
    String label = text(json, "label", at, MAX_TITLE);
    String type = text(json, "type", at, MAX_TITLE);
    return new Plan.Node(
        id,
        type.isBlank() ? "task" : type,
        label.isBlank() ? id : label,
        text(json, "instructions", at, MAX_INSTRUCTIONS),
        required(json, "runner", at, MAX_TITLE),
        texts(json, "dependencies", at),
        inputs(json, at),
        texts(json, "acceptance", at),
        retry(json.path("retry"), at + "/retry"),
        optional(json, "timeout", at, MAX_TITLE));
  }

  private JsonNode inputs(JsonNode node, String at) {
    JsonNode inputs = node.path("inputs");
    if (inputs.isMissingNode() || inputs.isNull()) {
      return WireJson.mapper().createObjectNode();
    }
    if (!inputs.isObject()) {
      wrong(INVALID_FORM, at + "/inputs", "inputs is an object");
      return WireJson.mapper().createObjectNode();
    }
    return inputs;
  }

  private Plan.@Nullable Retry retry(JsonNode retry, String at) {
    if (retry.isMissingNode() || retry.isNull()) {
      return null;
    }
    if (!retry.isObject() || !retry.path("maxAttempts").isInt()) {
      wrong(INVALID_FORM, at, "retry is an object with maxAttempts, a whole number");
      return null;
    }
    return new Plan.Retry(
        retry.path("maxAttempts").intValue(), optional(retry, "initialDelay", at, MAX_TITLE));
  }

  private String required(JsonNode json, String field, String at, int max) {
    String value = optional(json, field, at, max);
    if (value == null || value.isBlank()) {
      wrong(INVALID_FORM, at + "/" + field, field + " is a text and cannot be left out");
      return "";
    }
    return value;
  }

  private String text(JsonNode json, String field, String at, int max) {
    String value = optional(json, field, at, max);
    return value == null ? "" : value;
  }

  private @Nullable String optional(JsonNode json, String field, String at, int max) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      wrong(INVALID_FORM, at + "/" + field, field + " is a text");
      return null;
    }
    if (value.stringValue().length() > max) {
      wrong(INVALID_FORM, at + "/" + field, "%s has at most %d characters".formatted(field, max));
    }
    return value.stringValue();
  }

  private List<String> texts(JsonNode json, String field, String at) {
    JsonNode values = json.path(field);
    if (values.isMissingNode() || values.isNull()) {
      return List.of();
    }
    if (!values.isArray()
        || values.size() > MAX_TEXTS
        || !values.valueStream().allMatch(JsonNode::isString)) {
      wrong(
          INVALID_FORM,
          at + "/" + field,
          "%s is a list of at most %d texts".formatted(field, MAX_TEXTS));
      return List.of();
    }
    return values.valueStream().map(JsonNode::stringValue).toList();
  }

  private void wrong(String code, String pointer, String detail) {
    problems.add(new Finding(code, pointer, detail));
  }
}
