package dev.anton.dispatcher.subscription;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registration as the API description shows it. Requests are read by {@link DefinitionReader},
 * which says all that is wrong with one at once; a record bound by Jackson would stop at the first.
 */
@Schema(name = "WebhookRegistration")
record WebhookRegistration(
    @Schema(
            description = "Absolute http or https URL of the endpoint, at most 2,048 characters",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "https://your-endpoint.com/webhooks")
        String url,
    @Schema(
            description = "Event names, prefix.* or *; 1 to 100 (GET /api/event-types)",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "[\"plan.started\", \"execution.*\"]")
        List<String> events,
    @Schema(description = "Any text of 1 to 1,024 bytes, or whsec_ and a key in base64")
        @Nullable String secret,
    @Schema(
            description =
                "Whether deliveries carry an Ed25519 signature (v1a of Standard Webhooks), which"
                    + " the verificationKey of the answer verifies; beside a secret's or alone")
        @Nullable Boolean asymmetric,
    @Nullable String description,
    @Schema(description = "Sent with every delivery; kept encrypted and not told again")
        @Nullable Map<String, String> headers,
    @Schema(allowableValues = {"anton", "flat", "standard", "cloudevents", "cloudevents-binary"})
        @Nullable String format,
    @Schema(
            description =
                "A condition in CEL on data and type, at most 2,000 characters; an event that it"
                    + " cannot be applied to (a missing field, say) is recorded as skipped",
            example = "has(data.amount) && data.amount > 100")
        @Nullable String filter,
    @Schema(description = "Whether deliveries of one key arrive strictly in order")
        @Nullable Boolean ordered,
    @Schema(minimum = "1", maximum = "10000") @Nullable Integer maxRatePerSecond,
    @Schema(description = "Either schedule alone, or maxAttempts and how the delays grow")
        @Nullable Retry retry) {

  /** Delays from 1s to 7d. */
  @Schema(name = "WebhookRetry")
  record Retry(
      @Schema(example = "[\"5s\", \"5m\", \"1h\"]") @Nullable List<String> schedule,
      @Schema(minimum = "1", maximum = "50") @Nullable Integer maxAttempts,
      @Schema(example = "5s") @Nullable String initialDelay,
      @Schema(example = "2") @Nullable Double multiplier,
      @Schema(example = "1h") @Nullable String maxDelay) {}
}
