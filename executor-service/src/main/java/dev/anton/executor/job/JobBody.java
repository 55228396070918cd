package dev.anton.executor.job;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/jobs} for the API's description. Bodies are read by {@link
 * JobRequestParser}, which finds all errors and not only the first.
 */
@Schema(name = "JobBody")
record JobBody(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Any JSON value but null, at most 240 KiB; plugins work on its data",
            example = "{\"data\": \"your input\"}")
        Object input,
    @ArraySchema(
            arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED),
            minItems = 1,
            maxItems = JobDefinition.MAX_PLUGINS,
            schema = @Schema(example = "example-plugin"))
        List<String> plugins,
    @Schema(
            description = "How often a plugin that failed is run again",
            minimum = "0",
            maximum = "10",
            defaultValue = "0")
        @Nullable Integer retries,
    @Schema(description = "Of the whole job", example = "30s") @Nullable String timeout,
    @Nullable Webhook webhook) {

  /** As in the webhook guide. */
  @Schema(name = "JobWebhook")
  record Webhook(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              example = "https://your-webhook-endpoint.com/hook")
          String url,
      @Nullable Map<String, String> headers,
      @ArraySchema(
              arraySchema = @Schema(description = "All unless told"),
              schema = @Schema(allowableValues = {"started", "progress", "completed", "failed"}))
          @Nullable List<String> on,
      @Schema(minimum = "0", maximum = "10", defaultValue = "3") @Nullable Integer retries) {}
}
