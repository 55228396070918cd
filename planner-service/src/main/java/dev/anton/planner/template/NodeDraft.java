package dev.anton.planner.template;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts a node of a plan together. */
final class NodeDraft {

  private final String id;
  private final String type;
  private final String label;
  private final String instructions;
  private final List<String> dependencies = new ArrayList<>();
  private final List<String> acceptance = new ArrayList<>();
  private @Nullable String timeout;

  private NodeDraft(String id, String type, String label, String instructions) {
    this.id = id;
    this.type = type;
    this.label = label;
    this.instructions = instructions;
  }

  static NodeDraft of(String id, String type, String label, String instructions) {
    return new NodeDraft(id, type, label, instructions);
  }

  NodeDraft after(Collection<String> ids) {
    dependencies.addAll(ids);
    return this;
  }

  NodeDraft holds(String sentence) {
    acceptance.add(sentence);
    return this;
  }

  /**
   * @param duration such as {@code 120s}
   */
  NodeDraft within(String duration) {
    timeout = duration;
    return this;
  }

  /** A node that writes files. */
  Plan.Node writes(List<FileContent> files) {
    return runBy("template", Map.of("files", files));
  }

  /** A node that runs a program in the project's folder. */
  Plan.Node runs(String... command) {
    return runBy("command", Map.of("command", List.of(command)));
  }

  /** A node that commits what the nodes before have written. */
  Plan.Node commits(String message) {
    return runBy("git", Map.of("message", message));
  }

  private Plan.Node runBy(String runner, Map<String, ?> inputs) {
    JsonNode json = WireJson.mapper().valueToTree(new LinkedHashMap<>(inputs));
    return new Plan.Node(
        id, type, label, instructions, runner, dependencies, json, acceptance, null, timeout);
  }
}
