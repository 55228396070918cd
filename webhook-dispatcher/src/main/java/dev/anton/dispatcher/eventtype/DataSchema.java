package dev.anton.dispatcher.eventtype;

import com.networknt.schema.Error;
import com.networknt.schema.InvalidSchemaRefException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialects;
import dev.anton.api.problem.FieldError;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A compiled JSON Schema 2020-12 of an event's data. It refers to nothing outside of itself:
 * nothing is fetched. Checking is bounded in steps, so that a schema whose references multiply ends
 * in an error and not in a busy processor.
 */
final class DataSchema {

  private static final String META_SCHEMAS = "https://json-schema.org/draft/2020-12/";

  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Enough for an event of 256 KiB with a keyword or two on each of its values. */
  private static final long MAX_STEPS = 1_000_000;

  private static final int MAX_DEPTH = 500;

  /** A client mends the first few and sends again. */
  private static final int MAX_ERRORS = 20;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder ->
              builder
                  .schemaCacheEnabled(false)
                  .schemaLoader(
                      loader -> loader.block(iri -> !iri.toString().startsWith(META_SCHEMAS)))
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .locale(Locale.ROOT)
                          .regularExpressionFactory(new LinearPatterns())
                          .preloadSchema(true)
                          .build()));

  private static final Schema META_SCHEMA = REGISTRY.getSchema(SchemaLocation.of(DIALECT));

  private final Schema schema;

  private DataSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * @throws InvalidDataSchemaException if it is no schema, or refers to something outside of itself
   */
  static DataSchema compile(JsonNode json) throws InvalidDataSchemaException {
    if (!json.isObject()
        || (json.has("$schema") && !DIALECT.equals(json.get("$schema").asString("")))) {
      throw new InvalidDataSchemaException(
          "", "A schema is a JSON object; its $schema, if any, is " + DIALECT);
    }
    List<FieldError> errors = errors(META_SCHEMA, json);
    if (!errors.isEmpty()) {
      FieldError first = errors.getFirst();
      throw new InvalidDataSchemaException(
          first.pointer(), "This is no JSON Schema 2020-12: " + first.detail());
    }
    try {
      Schema schema = REGISTRY.getSchema(json);
      schema.initializeValidators();
      return new DataSchema(schema);
    } catch (InvalidSchemaRefException e) {
      throw new InvalidDataSchemaException(
          "", "A schema refers to nothing but itself: " + e.getMessage());
    } catch (SchemaException e) {
      throw new InvalidDataSchemaException("", "The schema cannot be used: " + e.getMessage());
    }
  }

  /** What is wrong with data, by JSON pointers into it; empty if nothing is. */
  List<FieldError> check(JsonNode data) {
    return errors(schema, data);
  }

  private static List<FieldError> errors(Schema schema, JsonNode json) {
    try {
      return ScopedValue.where(LinearPatterns.BUDGET, new LinearPatterns.Budget())
          .call(() -> validate(schema, json))
          .stream()
          .limit(MAX_ERRORS)
          .map(DataSchema::fieldError)
          .toList();
    } catch (ValidationLimitExceededException | LinearPatterns.SpentException e) {
      return List.of(new FieldError("", "It takes too many steps to check; make it simpler"));
    }
  }

  private static List<Error> validate(Schema schema, JsonNode json) {
    return schema.validate(
        json,
        context ->
            context.executionConfig(
                config -> config.maxEvaluationSteps(MAX_STEPS).maxEvaluationDepth(MAX_DEPTH)));
  }

  private static FieldError fieldError(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return new FieldError(pointer, error.getMessage());
  }
}
