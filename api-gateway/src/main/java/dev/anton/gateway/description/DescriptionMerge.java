package dev.anton.gateway.description;

import dev.anton.gateway.routing.Service;
import dev.anton.schemas.json.WireJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes one OpenAPI 3.1 document of several. Paths are those that the gateway routes to the service
 * that describes them. Components of the same name and content are shared; of the same name and
 * another content, the later one is renamed after its service, with all references to it.
 */
final class DescriptionMerge {

  private static final String REFERENCE_PREFIX = "#/components/";

  private final ObjectNode merged = JsonNodeFactory.instance.objectNode();
  private final Set<String> operationIds = new HashSet<>();

  private DescriptionMerge(String version) {
    merged.put("openapi", "3.1.0");
    ObjectNode info = merged.putObject("info");
    info.put("title", "Anton");
    info.put("version", version);
    merged.putArray("servers").addObject().put("url", "/").put("description", "This gateway");
    merged.putArray("tags");
    merged.putObject("paths");
    merged.putObject("components");
  }

  static ObjectNode merge(String version, List<ServiceDescription> descriptions) {
    DescriptionMerge merge = new DescriptionMerge(version);
    for (ServiceDescription description : descriptions) {
      if (description.document() != null) {
        merge.add(description.service(), description.document().deepCopy());
      }
    }
    merge.describe(descriptions);
    return merge.merged;
  }

  private void add(Service service, ObjectNode document) {
    Map<String, String> renamed = addComponents(service, document.path("components"));
    rewriteReferences(document.path("paths"), renamed);
    ObjectNode paths = (ObjectNode) merged.get("paths");
    document
        .path("paths")
        .forEachEntry(
            (path, item) -> {
              if (service.owns(path)) {
                keepOperationIdsUnique(service, item);
                paths.set(path, item);
              }
            });
    addTags(document.path("tags"));
  }

  /** Answers the references that have to change, each with what it becomes. */
  private Map<String, String> addComponents(Service service, JsonNode components) {
    Map<String, String> renamed = new LinkedHashMap<>();
    components.forEachEntry(
        (kind, entries) ->
            entries.forEachEntry(
                (name, component) -> {
                  JsonNode taken = merged.get("components").path(kind).path(name);
                  if (!taken.isMissingNode() && !taken.equals(component)) {
                    String prefix = REFERENCE_PREFIX + kind + "/";
                    renamed.put(prefix + name, prefix + name(service, name));
                  }
                }));
    rewriteReferences(components, renamed);
    components.forEachEntry(
        (kind, entries) ->
            entries.forEachEntry(
                (name, component) -> {
                  String reference = REFERENCE_PREFIX + kind + "/" + name;
                  String kept = renamed.containsKey(reference) ? name(service, name) : name;
                  target(kind).set(kept, component);
                }));
    return renamed;
  }

  private ObjectNode target(String kind) {
    ObjectNode components = (ObjectNode) merged.get("components");
    return components.get(kind) instanceof ObjectNode known ? known : components.putObject(kind);
  }

  private static String name(Service service, String name) {
    String word = service.name().charAt(0) + service.name().substring(1).toLowerCase(Locale.ROOT);
    return word + name;
  }

  private static void rewriteReferences(JsonNode node, Map<String, String> renamed) {
    if (renamed.isEmpty()) {
      return;
    }
    if (node instanceof ObjectNode object) {
      JsonNode reference = object.get("$ref");
      if (reference instanceof StringNode text && renamed.containsKey(text.stringValue())) {
        object.put("$ref", renamed.get(text.stringValue()));
      }
    }
    node.forEach(child -> rewriteReferences(child, renamed));
  }

  private void keepOperationIdsUnique(Service service, JsonNode item) {
    item.forEach(
        operation -> {
          if (operation instanceof ObjectNode object && object.has("operationId")) {
            String id = object.get("operationId").asString();
            if (!operationIds.add(id)) {
              object.put("operationId", name(service, id));
              operationIds.add(name(service, id));
            }
          }
        });
  }

  private void addTags(JsonNode tags) {
    ArrayNode known = (ArrayNode) merged.get("tags");
    tags.forEach(
        tag -> {
          boolean isNew =
              known.valueStream().noneMatch(other -> other.path("name").equals(tag.path("name")));
          if (isNew) {
            known.add(tag);
          }
        });
  }

  private void describe(List<ServiceDescription> descriptions) {
    StringBuilder text =
        new StringBuilder(
            "Anton plans software projects from a prompt, runs the plans and plugin jobs, and sends"
                + " every step as a signed webhook.");
    List<String> missing = names(descriptions, d -> d.document() == null);
    List<String> stale = names(descriptions, d -> d.document() != null && !d.reachable());
    if (!missing.isEmpty()) {
      text.append("\n\nNot described here, because it cannot be reached right now: ")
          .append(String.join(", ", missing))
          .append('.');
      merged.set("x-anton-unavailable", WireJson.mapper().valueToTree(missing));
    }
    if (!stale.isEmpty()) {
      text.append("\n\nDescribed as last seen, because it cannot be reached right now: ")
          .append(String.join(", ", stale))
          .append('.');
      merged.set("x-anton-stale", WireJson.mapper().valueToTree(stale));
    }
    ((ObjectNode) merged.get("info")).put("description", text.toString());
  }

  private static List<String> names(
      List<ServiceDescription> descriptions, Predicate<ServiceDescription> which) {
    return descriptions.stream().filter(which).map(d -> d.service().serviceName()).toList();
  }
}
