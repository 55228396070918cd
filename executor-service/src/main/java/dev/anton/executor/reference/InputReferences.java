package dev.anton.executor.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * References to outputs in a node's inputs, in two forms. A text may hold {@code
 * ${nodes.ID.output}} or {@code ${nodes.ID.output.path[0].name}}; if it is nothing else, the value
 * takes its place as it is, otherwise it is put into the text (texts as they are, other values as
 * JSON). {@code $${nodes.…}} stands for the text itself. An object {@code {"$output": ID,
 * "pointer": "/path/0"}}, the pointer optional, is replaced by the value, whatever the id's and the
 * members' names are like.
 *
 * <p>Everything else is left alone: {@code ${name}} belongs to shells and templates.
 */
public final class InputReferences {

  /** What inputs may grow to when they are filled in, in characters of texts. */
  private static final int MAX_TEXT = 1 << 20;

  private static final String OUTPUT = "$output";
  private static final String POINTER = "pointer";

  /** The id is the shortest that fits; one that ends in {@code .output} needs the other form. */
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(\\$?)\\$\\{nodes\\.([A-Za-z0-9_][A-Za-z0-9._:-]{0,127}?)\\.output"
              + "((?:\\.[A-Za-z0-9_-]{1,128}|\\[\\d{1,6}]){0,20})}");

  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+)]");

  private final NodeOutputSource outputs;
  private int grown;

  private InputReferences(NodeOutputSource outputs) {
    this.outputs = outputs;
  }

  /**
   * The ids of the nodes whose outputs are needed.
   *
   * @throws UnresolvedReferenceException if an object is no valid reference
   */
  public static Set<String> nodes(JsonNode inputs) throws UnresolvedReferenceException {
    Set<String> found = new LinkedHashSet<>();
    List<JsonNode> toVisit = new ArrayList<>(List.of(inputs));
    for (int i = 0; i < toVisit.size(); i++) {
      JsonNode value = toVisit.get(i);
      if (value.isString()) {
        Matcher references = IN_TEXT.matcher(value.stringValue());
        while (references.find()) {
          if (references.group(1).isEmpty()) {
            found.add(references.group(2));
          }
        }
        continue;
      }
      OutputReference reference = reference(value);
      if (reference == null) {
        value.forEach(toVisit::add);
      } else {
        found.add(reference.nodeId());
      }
    }
    return found;
  }

  /**
   * The inputs with values in place of references.
   *
   * @param outputs of completed nodes, by their ids
   * @throws UnresolvedReferenceException if one of them has no value, or all become too large
   */
  public static JsonNode resolve(JsonNode inputs, NodeOutputSource outputs)
      throws UnresolvedReferenceException {
    return new InputReferences(outputs).filled(inputs);
  }

  private JsonNode filled(JsonNode value) throws UnresolvedReferenceException {
    if (value.isString()) {
      return text(value);
    }
    OutputReference reference = reference(value);
    if (reference != null) {
      return counted(reference.resolve(outputs));
    }
    if (value.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        filled.set(member.getKey(), filled(member.getValue()));
      }
      return filled;
    }
    if (value.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : value) {
        filled.add(filled(element));
      }
      return filled;
    }
    return value;
  }

  private JsonNode text(JsonNode value) throws UnresolvedReferenceException {
    String text = value.stringValue();
    Matcher references = IN_TEXT.matcher(text);
    if (!references.find()) {
      return value;
    }
    if (references.group(1).isEmpty() && references.group().length() == text.length()) {
      return counted(inText(references).resolve(outputs));
    }
    StringBuilder filled = new StringBuilder();
    do {
      String put =
          references.group(1).isEmpty()
              ? written(counted(inText(references).resolve(outputs)))
              : references.group().substring(1);
      references.appendReplacement(filled, Matcher.quoteReplacement(put));
    } while (references.find());
    references.appendTail(filled);
    return JsonNodeFactory.instance.stringNode(filled.toString());
  }

  private JsonNode counted(JsonNode value) throws UnresolvedReferenceException {
    grown += written(value).length();
    if (grown > MAX_TEXT) {
      throw new UnresolvedReferenceException(
          "The inputs have more than " + MAX_TEXT + " characters once outputs are filled in");
    }
    return value;
  }

  private static String written(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static OutputReference inText(Matcher reference) {
    StringBuilder pointer = new StringBuilder();
    Matcher steps = STEP.matcher(reference.group(3));
    while (steps.find()) {
      pointer.append('/').append(steps.group(1) == null ? steps.group(2) : steps.group(1));
    }
    return new OutputReference(
        reference.group(), reference.group(2), JsonPointer.compile(pointer.toString()));
  }

  private static @Nullable OutputReference reference(JsonNode value)
      throws UnresolvedReferenceException {
    if (!value.isObject() || !value.has(OUTPUT)) {
      return null;
    }
    JsonNode node = value.path(OUTPUT);
    JsonNode pointer = value.path(POINTER);
    boolean more = value.size() > (pointer.isMissingNode() ? 1 : 2);
    if (!node.isString() || more || !(pointer.isMissingNode() || pointer.isString())) {
      throw new UnresolvedReferenceException(
          "A reference is {\"$output\": a node's id, \"pointer\": a JSON pointer or left out}");
    }
    try {
      return new OutputReference(
          value.toString(), node.stringValue(), JsonPointer.compile(pointer.asString("")));
    } catch (IllegalArgumentException e) {
      throw new UnresolvedReferenceException(
          "The pointer " + pointer.asString() + " is no JSON pointer, such as /files/0");
    }
  }
}
