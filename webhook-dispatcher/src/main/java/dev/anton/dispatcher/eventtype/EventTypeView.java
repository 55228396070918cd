package dev.anton.dispatcher.eventtype;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.json.WireJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event type as clients see it.
 *
 * @param schema JSON Schema 2020-12 of the event's data; absent in lists, and if any JSON will do
 * @param createdAt absent for a built-in type
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventTypeView(
    String name,
    String description,
    boolean builtIn,
    @Nullable JsonNode schema,
    @Nullable JsonNode example,
    @Nullable Instant createdAt) {

  static EventTypeView ofBuiltIn(String name) {
    return new EventTypeView(
        name,
        EventTypes.description(name),
        true,
        WireJson.mapper().readTree(EventTypes.schema(name)),
        WireJson.mapper().readTree(EventTypes.example(name)),
        null);
  }

  static EventTypeView of(CustomEventType type) {
    return new EventTypeView(
        type.name(), type.description(), false, type.schema(), type.example(), type.createdAt());
  }

  /** As it stands in a list. */
  EventTypeView brief() {
    return new EventTypeView(name, description, builtIn, null, null, createdAt);
  }
}
