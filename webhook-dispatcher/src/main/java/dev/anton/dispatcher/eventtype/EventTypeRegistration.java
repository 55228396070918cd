package dev.anton.dispatcher.eventtype;

import dev.anton.api.problem.FieldError;
import dev.anton.dispatcher.body.BodyReader;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.json.WireJson;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a client wants to register as an event type. */
final class EventTypeRegistration {

  private static final String BAD_NAME = "invalid-event-type-name";
  private static final String BAD_SCHEMA = "invalid-schema";
  private static final String BAD_EXAMPLE = "invalid-example";

  private static final List<String> FIELDS = List.of("name", "description", "schema", "example");

  /** Words may hold digits, dashes and underscores after their first letter. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+");

  private static final int MAX_NAME = 128;
  private static final int MAX_DESCRIPTION = 1_000;

  /** The largest public event schemas are some tens of kilobytes. */
  private static final int MAX_SCHEMA_BYTES = 64 * 1024;

  /** An example is no more than a page for a person. */
  private static final int MAX_EXAMPLE_BYTES = 64 * 1024;

  private EventTypeRegistration() {}

  /**
   * @throws dev.anton.api.problem.ProblemException if anything cannot be accepted
   */
  static CustomEventType read(JsonNode json, Instant now) {
    BodyReader body = BodyReader.of(json, FIELDS);
    String name = name(body);
    String description = body.requiredText("description", MAX_DESCRIPTION);
    JsonNode schemaJson = sized(body, "schema", BAD_SCHEMA, MAX_SCHEMA_BYTES);
    JsonNode example = sized(body, "example", BAD_EXAMPLE, MAX_EXAMPLE_BYTES);
    DataSchema schema = schema(body, schemaJson);
    if (schema != null && example != null) {
      for (FieldError error : schema.check(example)) {
        body.refuse(
            BAD_EXAMPLE,
            "example",
            "The example does not satisfy the schema at '"
                + error.pointer()
                + "': "
                + error.detail());
      }
    }
    body.check();
    return new CustomEventType(
        Objects.requireNonNull(name),
        Objects.requireNonNull(description),
        schemaJson,
        example,
        now);
  }

  private static @Nullable String name(BodyReader body) {
    String name = body.requiredText("name", MAX_NAME);
    if (name == null) {
      return null;
    }
    if (!NAME.matcher(name).matches()) {
      body.refuse(
          BAD_NAME,
          "name",
          "name is two or more lower-case words with dots between them, as in order.paid");
    } else if (EventTypes.hasReservedPrefix(name)) {
      body.refuse(
          BAD_NAME,
          "name",
          "Names that begin with " + name.substring(0, name.indexOf('.')) + ". are built in");
    }
    return name;
  }

  private static @Nullable JsonNode sized(
      BodyReader body, String field, String code, int maxBytes) {
    JsonNode json = body.node(field);
    if (json != null && WireJson.write(json).length > maxBytes) {
      body.refuse(code, field, field + " has at most " + maxBytes + " bytes");
      return null;
    }
    return json;
  }

  private static @Nullable DataSchema schema(BodyReader body, @Nullable JsonNode json) {
    if (json == null) {
      return null;
    }
    try {
      return DataSchema.compile(json);
    } catch (InvalidDataSchemaException e) {
      String message = e.getMessage();
      body.refuseAt(BAD_SCHEMA, "schema", e.pointer(), message == null ? "" : message);
      return null;
    }
  }
}
