package dev.anton.dispatcher.subscription;

import dev.anton.api.duration.DurationText;
import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.subscription.SubscriptionRow.Keys;
import dev.anton.dispatcher.subscription.SubscriptionRow.SealedPair;
import dev.anton.dispatcher.subscription.SubscriptionRow.State;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What clients do with the subscriptions they registered. */
@Component
class Webhooks {

  private static final String ASYMMETRIC = "asymmetric";
  private static final Duration MAX_GRACE = Duration.ofDays(30);

  /** Time for whoever verifies to deploy the new secret. */
  private static final String DEFAULT_GRACE = "1d";

  private final SubscriptionRepository rows;
  private final SubscriptionStore store;
  private final SubscriptionCodec codec;
  private final DefinitionReader definitions;
  private final Clock clock;

  Webhooks(
      SubscriptionRepository rows,
      SubscriptionStore store,
      SubscriptionCodec codec,
      DefinitionReader definitions,
      Clock clock) {
    this.rows = rows;
    this.store = store;
    this.codec = codec;
    this.definitions = definitions;
    this.clock = clock;
  }

  WebhookView register(Tenant tenant, JsonNode json) {
    BodyReader body = BodyReader.of(json, with(DefinitionReader.FIELDS, "secret", ASYMMETRIC));
    byte[] key = SecretText.read(body);
    boolean asymmetric = body.bool(ASYMMETRIC, false);
    WebhookDefinition definition = definitions.read(body, tenant, null);
    Instant now = clock.instant();
    String id = Ids.webhook();
    Keys keys =
        Keys.ofSecret(key == null ? null : codec.sealKey(id, key))
            .withPair(asymmetric ? newPair(id) : SealedPair.NONE);
    SubscriptionRow row =
        store.register(
            new SubscriptionRow(
                id,
                tenant.id(),
                null,
                codec.seal(id, definition),
                keys,
                new State(SubscriptionStatus.ACTIVE, null, now),
                null,
                now,
                now,
                null,
                0));
    return WebhookView.of(row, definition, key == null ? null : SecretText.format(key));
  }

  Page<WebhookView> list(Tenant tenant, PageRequest page) {
    return Page.of(
            rows.list(tenant.id(), page.after(), page.limit() + 1), page, SubscriptionRow::id)
        .map(this::view);
  }

  WebhookView get(Tenant tenant, String id) {
    return view(rows.findRegistered(tenant.id(), id).orElseThrow(() -> unknown(id)));
  }

  WebhookView patch(Tenant tenant, String id, JsonNode json) {
    BodyReader body =
        BodyReader.of(json, with(DefinitionReader.FIELDS, "active", "secret", ASYMMETRIC));
    Boolean active = body.node("active") == null ? null : body.bool("active", true);
    Boolean asymmetric = body.has(ASYMMETRIC) ? body.bool(ASYMMETRIC, false) : null;
    if (body.has("secret")) {
      body.refuse(
          "secret-not-patchable",
          "secret",
          "A secret is changed with POST /api/webhooks/" + id + "/secret/rotate");
    }
    SubscriptionRow read = rows.findRegistered(tenant.id(), id).orElseThrow(() -> unknown(id));
    WebhookDefinition before = codec.definition(read);
    // Outside of the transaction: a name may be resolved here.
    WebhookDefinition after = definitions.read(body, tenant, before);
    return change(
        tenant,
        id,
        row -> {
          if (row.version() != read.version()) {
            throw ProblemException.conflict(
                "conflict",
                "Someone else changed this at the same moment; read it again and repeat");
          }
          SubscriptionRow changed = active == null ? row : withActive(row, active);
          changed = asymmetric == null ? changed : withAsymmetric(changed, asymmetric);
          return after.equals(before)
              ? changed
              : changed.withTarget(codec.seal(id, after), clock.instant());
        });
  }

  WebhookView pause(Tenant tenant, String id) {
    return change(tenant, id, row -> withStatus(row, SubscriptionStatus.PAUSED));
  }

  /** Also brings back one that was disabled. */
  WebhookView resume(Tenant tenant, String id) {
    return change(tenant, id, row -> withStatus(row, SubscriptionStatus.ACTIVE));
  }

  void delete(Tenant tenant, String id) {
    Optional<SubscriptionRow> buried =
        store.change(
            () -> rows.findRegistered(tenant.id(), id), row -> row.buried(clock.instant()));
    if (buried.isEmpty()) {
      throw unknown(id);
    }
  }

  /** Sets new keys; the old ones go on signing beside them while the grace period runs. */
  WebhookView rotate(Tenant tenant, String id, @Nullable JsonNode json) {
    byte[] given = null;
    Duration grace = graceOf(DEFAULT_GRACE);
    if (json != null) {
      BodyReader body = BodyReader.of(json, List.of("gracePeriod", "secret"));
      given = SecretText.read(body);
      String text = body.text("gracePeriod", 20);
      body.check();
      grace = graceOf(text == null ? DEFAULT_GRACE : text);
    }
    byte[] key = given == null ? SecretText.generate() : given;
    KeyRotation rotation =
        new KeyRotation(codec.sealKey(id, key), given != null, newPair(id), grace);
    Instant now = clock.instant();
    SubscriptionRow row =
        store
            .change(
                () -> rows.findRegistered(tenant.id(), id),
                before -> before.withKeys(rotation.apply(before.keys(), now), now))
            .orElseThrow(() -> unknown(id));
    String secret = rotation.gaveSecret(row.keys()) ? SecretText.format(key) : null;
    return WebhookView.of(row, codec.definition(row), secret);
  }

  private WebhookView change(Tenant tenant, String id, UnaryOperator<SubscriptionRow> change) {
    Optional<SubscriptionRow> changed =
        store.change(() -> rows.findRegistered(tenant.id(), id), change);
    return view(changed.orElseThrow(() -> unknown(id)));
  }

  private SubscriptionRow withActive(SubscriptionRow row, boolean active) {
    boolean isActive = row.state().status() == SubscriptionStatus.ACTIVE;
    if (active == isActive) {
      return row;
    }
    return withStatus(row, active ? SubscriptionStatus.ACTIVE : SubscriptionStatus.PAUSED);
  }

  private SubscriptionRow withAsymmetric(SubscriptionRow row, boolean asymmetric) {
    if (asymmetric == row.keys().pair().isThere()) {
      return row;
    }
    SealedPair pair = asymmetric ? newPair(row.id()) : SealedPair.NONE;
    return row.withKeys(row.keys().withPair(pair), clock.instant());
  }

  private SealedPair newPair(String id) {
    return codec.sealPair(id, Ed25519KeyPair.generate());
  }

  private SubscriptionRow withStatus(SubscriptionRow row, SubscriptionStatus status) {
    if (row.state().status() == status) {
      return row;
    }
    Instant now = clock.instant();
    return row.withState(new State(status, null, now), now);
  }

  private WebhookView view(SubscriptionRow row) {
    return WebhookView.of(row, codec.definition(row), null);
  }

  private static Duration graceOf(String text) {
    return DurationText.parse(text, "/gracePeriod", Duration.ZERO, MAX_GRACE);
  }

  private static ProblemException unknown(String id) {
    return ProblemException.notFound("webhook", id);
  }

  private static List<String> with(List<String> fields, String... more) {
    List<String> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return all;
  }
}
