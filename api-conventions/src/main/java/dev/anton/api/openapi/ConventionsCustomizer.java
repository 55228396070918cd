package dev.anton.api.openapi;

import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.Arrays;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes what no controller says itself: that any error is a problem, how a list is paged and
 * that a POST takes an idempotency key. Leaves out what is not under {@code /api/}.
 */
final class ConventionsCustomizer implements OpenApiCustomizer, OperationCustomizer {

  private static final String PROBLEM = "Problem";

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    boolean paged =
        Arrays.stream(handler.getMethodParameters())
            .anyMatch(parameter -> parameter.getParameterType() == PageRequest.class);
    if (paged) {
      operation.addParametersItem(query("limit", "How many at most", limitSchema()));
      operation.addParametersItem(
          query("cursor", "The nextCursor of the page before", new StringSchema()));
    }
    return operation;
  }

  @Override
  public void customise(OpenAPI description) {
    if (description.getPaths() == null) {
      return;
    }
    description.getPaths().keySet().removeIf(path -> !path.startsWith("/api/"));
    describeProblem(description);
    for (PathItem path : description.getPaths().values()) {
      path.readOperations().forEach(ConventionsCustomizer::addProblemResponse);
      if (path.getPost() != null) {
        path.getPost().addParametersItem(idempotencyKey());
      }
    }
  }

  private static void describeProblem(OpenAPI description) {
    if (description.getComponents() == null) {
      description.setComponents(new Components());
    }
    ResolvedSchema problem =
        ModelConverters.getInstance(true)
            .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(false));
    description.getComponents().addSchemas(PROBLEM, problem.schema);
    problem.referencedSchemas.forEach(description.getComponents()::addSchemas);
  }

  private static void addProblemResponse(Operation operation) {
    if (operation.getResponses() == null) {
      operation.setResponses(new ApiResponses());
    }
    operation
        .getResponses()
        .putIfAbsent(
            "default",
            new ApiResponse()
                .description("Anything that went wrong, with a stable code")
                .content(
                    new Content()
                        .addMediaType(
                            Problem.MEDIA_TYPE,
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
  }

  private static Schema<?> limitSchema() {
    IntegerSchema schema = new IntegerSchema();
    schema.setMinimum(BigDecimal.ONE);
    schema.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
    schema.setDefault(PageRequest.DEFAULT_LIMIT);
    return schema;
  }

  private static Parameter idempotencyKey() {
    return new Parameter()
        .in("header")
        .name("Idempotency-Key")
        .description("Makes it safe to repeat: the same key and request give the same answer")
        .schema(new StringSchema().minLength(1).maxLength(255));
  }

  private static Parameter query(String name, String description, Schema<?> schema) {
    return new Parameter().in("query").name(name).description(description).schema(schema);
  }
}
