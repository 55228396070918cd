package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.filter.EventFilter;
import dev.anton.dispatcher.secret.SecretVault;
import dev.anton.dispatcher.subscription.SubscriptionRow.Keys;
import dev.anton.dispatcher.subscription.SubscriptionRow.SealedPair;
import dev.anton.dispatcher.subscription.SubscriptionRow.Target;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Turns what is stored into what is worked with and back: the only place that opens secrets. */
@Component
final class SubscriptionCodec {

  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final SecretVault vault;

  SubscriptionCodec(SecretVault vault) {
    this.vault = vault;
  }

  Target seal(String id, WebhookDefinition definition) {
    return new Target(
        definition.url().toString(),
        definition.events(),
        definition.description(),
        definition.format(),
        definition.headers().isEmpty()
            ? null
            : vault.seal(WireJson.write(definition.headers()), headersAt(id)),
        definition.filter(),
        definition.ordered(),
        definition.maxRatePerSecond(),
        definition.retry().delays().stream().map(Duration::toMillis).toList());
  }

  String sealKey(String id, byte[] key) {
    return vault.seal(key, keyAt(id));
  }

  SealedPair sealPair(String id, Ed25519KeyPair pair) {
    return new SealedPair(vault.seal(pair.pkcs8(), privateKeyAt(id)), pair.verificationKey());
  }

  WebhookDefinition definition(SubscriptionRow row) {
    Target target = row.target();
    return new WebhookDefinition(
        URI.create(target.url()),
        target.events(),
        target.description(),
        target.format(),
        headers(row),
        target.filter(),
        target.ordered(),
        target.maxRatePerSecond(),
        retry(target.retryDelaysMs()));
  }

  SubscriptionChange change(SubscriptionRow row) {
    return new SubscriptionChange(
        row.id(), row.version(), row.deletedAt() == null ? snapshot(row) : null);
  }

  private Subscription snapshot(SubscriptionRow row) {
    Target target = row.target();
    return new Subscription(
        row.id(),
        tenant(row.tenant()),
        URI.create(target.url()),
        target.events(),
        row.jobId(),
        row.state().status(),
        target.format(),
        keys(row),
        headers(row),
        target.filter() == null ? null : EventFilter.of(target.filter()),
        target.ordered(),
        target.maxRatePerSecond(),
        retry(target.retryDelaysMs()),
        row.version());
  }

  private @Nullable SigningKeys keys(SubscriptionRow row) {
    Keys keys = row.keys();
    if (!keys.sign()) {
      return null;
    }
    return new SigningKeys(
        secret(row.id(), keys.sealedKey()),
        secret(row.id(), keys.sealedNextKey()),
        privateKey(row.id(), keys.pair()),
        privateKey(row.id(), keys.nextPair()));
  }

  private byte @Nullable [] secret(String id, @Nullable String sealed) {
    return sealed == null ? null : vault.open(sealed, keyAt(id));
  }

  private @Nullable PrivateKey privateKey(String id, SealedPair pair) {
    String sealed = pair.sealedPrivateKey();
    return sealed == null ? null : Ed25519KeyPair.privateKey(vault.open(sealed, privateKeyAt(id)));
  }

  private Map<String, String> headers(SubscriptionRow row) {
    String sealed = row.target().sealedHeaders();
    return sealed == null
        ? Map.of()
        : WireJson.mapper().readValue(vault.open(sealed, headersAt(row.id())), HEADERS);
  }

  /** One object for all that use the default: at 100,000 subscriptions that is 60 MB less. */
  private static RetrySchedule retry(List<Long> delaysMs) {
    RetrySchedule schedule = new RetrySchedule(delaysMs.stream().map(Duration::ofMillis).toList());
    return schedule.equals(RetrySchedule.DEFAULT) ? RetrySchedule.DEFAULT : schedule;
  }

  private static Tenant tenant(String id) {
    return Objects.equals(id, Tenant.DEFAULT.id()) ? Tenant.DEFAULT : new Tenant(id);
  }

  private static String keyAt(String id) {
    return id + "/key";
  }

  private static String privateKeyAt(String id) {
    return id + "/private-key";
  }

  private static String headersAt(String id) {
    return id + "/headers";
  }
}
