package dev.anton.dispatcher.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.anton.api.duration.DurationText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its owner sees it.
 *
 * @param active whether it is delivered to
 * @param status {@code active}, {@code paused} or {@code disabled}
 * @param statusReason why it is not active
 * @param headerNames the headers it sends along; their values are not told again
 * @param signed whether deliveries carry signatures
 * @param signingSecret {@code whsec_} form of the key; only in the answers that set it
 * @param asymmetric whether deliveries carry a {@code v1a} signature
 * @param verificationKey the public key that verifies it, {@code whpk_} and base64
 * @param nextVerificationKey the one that takes its place when a rotation's grace period ends
 * @param rotationEndsAt until when deliveries carry the signatures of old and new keys
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookView(
    String id,
    String url,
    List<String> events,
    boolean active,
    String status,
    @Nullable String statusReason,
    String format,
    @Nullable String description,
    List<String> headerNames,
    @Nullable String filter,
    boolean ordered,
    @Nullable Integer maxRatePerSecond,
    Retry retry,
    boolean signed,
    @Nullable String signingSecret,
    boolean asymmetric,
    @Nullable String verificationKey,
    @Nullable String nextVerificationKey,
    @Nullable Instant rotationEndsAt,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * @param schedule the delays between attempts
   */
  record Retry(int maxAttempts, List<String> schedule) {}

  static WebhookView of(
      SubscriptionRow row, WebhookDefinition definition, @Nullable String signingSecret) {
    SubscriptionRow.State state = row.state();
    return new WebhookView(
        row.id(),
        definition.url().toString(),
        definition.events(),
        state.status() == SubscriptionStatus.ACTIVE,
        state.status().name().toLowerCase(Locale.ROOT),
        state.statusReason(),
        definition.format().wireName(),
        definition.description(),
        List.copyOf(definition.headers().keySet()),
        definition.filter(),
        definition.ordered(),
        definition.maxRatePerSecond(),
        new Retry(
            definition.retry().maxAttempts(),
            definition.retry().delays().stream().map(DurationText::format).toList()),
        row.keys().sign(),
        signingSecret,
        row.keys().pair().isThere(),
        row.keys().pair().verificationKey(),
        row.keys().nextPair().verificationKey(),
        row.keys().graceUntil(),
        row.createdAt(),
        row.updatedAt());
  }
}
