package dev.anton.dispatcher.subscription;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A subscription as it is stored, its secrets sealed.
 *
 * @param jobId the job whose inline webhook it is; null for one that a client registered
 * @param expiresAt only for a job's
 * @param deletedAt makes it a tombstone
 * @param version 0 before the first save
 */
@Table("webhook_subscription")
record SubscriptionRow(
    @Id String id,
    String tenant,
    @Nullable String jobId,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY) Target target,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY) Keys keys,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY) State state,
    @Nullable Instant expiresAt,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt,
    @Version long version) {

  /** What is sent where. */
  record Target(
      String url,
      List<String> events,
      @Nullable String description,
      PayloadFormat format,
      @Nullable String sealedHeaders,
      @Nullable String filter,
      boolean ordered,
      @Nullable Integer maxRatePerSecond,
      List<Long> retryDelaysMs) {}

  /** Both are null without a secret; the next one is there while a rotation's grace period runs. */
  record Keys(
      @Nullable String sealedKey, @Nullable String sealedNextKey, @Nullable Instant graceUntil) {

    static final Keys NONE = new Keys(null, null, null);
  }

  record State(SubscriptionStatus status, @Nullable String statusReason, Instant statusSince) {}

  SubscriptionRow withTarget(Target changed, Instant now) {
    return new SubscriptionRow(
        id, tenant, jobId, changed, keys, state, expiresAt, createdAt, now, deletedAt, version);
  }

  SubscriptionRow withKeys(Keys changed, Instant now) {
    return new SubscriptionRow(
        id, tenant, jobId, target, changed, state, expiresAt, createdAt, now, deletedAt, version);
  }

  SubscriptionRow withState(State changed, Instant now) {
    return new SubscriptionRow(
        id, tenant, jobId, target, keys, changed, expiresAt, createdAt, now, deletedAt, version);
  }

  /** The tombstone: nothing a client entrusted to us stays but the ids. */
  SubscriptionRow buried(Instant now) {
    Target nothing =
        new Target("", List.of(), null, target.format(), null, null, false, null, List.of());
    return new SubscriptionRow(
        id, tenant, jobId, nothing, Keys.NONE, state, null, createdAt, now, now, version);
  }
}
