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

  /**
   * What deliveries are signed with; the next ones are there while a rotation's grace period runs.
   *
   * @param sealedKey null without a secret
   * @param pair absent unless asymmetric signatures were asked for
   */
  record Keys(
      @Nullable String sealedKey,
      @Nullable String sealedNextKey,
      @Nullable Instant graceUntil,
      @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY) SealedPair pair,
      @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY, prefix = "next_") SealedPair nextPair) {

    static final Keys NONE = ofSecret(null);

    static Keys ofSecret(@Nullable String sealedKey) {
      return new Keys(sealedKey, null, null, SealedPair.NONE, SealedPair.NONE);
    }

    boolean sign() {
      return sealedKey != null || pair.isThere();
    }

    /** With a key pair, or without any if it is absent. */
    Keys withPair(SealedPair other) {
      return new Keys(
          sealedKey,
          sealedNextKey,
          sealedNextKey == null ? null : graceUntil,
          other,
          SealedPair.NONE);
    }

    /** After the grace period: whatever is next takes the old one's place. */
    Keys promoted() {
      return new Keys(
          sealedNextKey == null ? sealedKey : sealedNextKey,
          null,
          null,
          nextPair.isThere() ? nextPair : pair,
          SealedPair.NONE);
    }
  }

  /** Both are null where there is no key pair. */
  record SealedPair(@Nullable String sealedPrivateKey, @Nullable String verificationKey) {

    static final SealedPair NONE = new SealedPair(null, null);

    boolean isThere() {
      return sealedPrivateKey != null;
    }
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
