package dev.anton.dispatcher.subscription;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.subscription.SubscriptionRow.Keys;
import dev.anton.dispatcher.subscription.SubscriptionRow.State;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Inline webhooks of jobs: subscriptions bound to one job's events, in the Playground's format and
 * without signatures, as its guide has them. There is one for a job, however often it is asked for.
 */
@Component
class JobSubscriptions {

  private static final List<String> FIELDS = List.of("url", "headers", "on", "retries");

  /** What each of the Playground's event types stands for. */
  private static final Map<String, List<String>> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("started", List.of("job.started"));
    EVENTS.put("progress", List.of("job.progress"));
    EVENTS.put("completed", List.of("job.completed"));
    EVENTS.put("failed", List.of("job.failed", "job.cancelled"));
  }

  private static final int DEFAULT_RETRIES = 3;

  /** The tenth waits 17 minutes; all of them together 34. */
  private static final int MAX_RETRIES = 10;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

  private final SubscriptionRepository rows;
  private final SubscriptionStore store;
  private final SubscriptionCodec codec;
  private final EndpointRules endpoints;
  private final Clock clock;

  JobSubscriptions(
      SubscriptionRepository rows,
      SubscriptionStore store,
      SubscriptionCodec codec,
      EndpointRules endpoints,
      Clock clock) {
    this.rows = rows;
    this.store = store;
    this.codec = codec;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /**
   * The job's subscription, made if it is not there.
   *
   * @throws ProblemException if the input cannot be accepted, or there is a different one
   */
  JobSubscriptionView put(Tenant tenant, String jobId, JsonNode json) {
    WebhookDefinition definition = read(BodyReader.of(json, FIELDS));
    try {
      return putOnce(tenant, jobId, definition);
    } catch (DuplicateKeyException e) {
      return putOnce(tenant, jobId, definition); // the same request came twice at the same time
    }
  }

  void delete(Tenant tenant, String jobId) {
    store.change(
        () -> rows.findOfJob(tenant.id(), jobId).filter(row -> row.deletedAt() == null),
        row -> row.buried(clock.instant()));
  }

  private JobSubscriptionView putOnce(Tenant tenant, String jobId, WebhookDefinition definition) {
    Optional<SubscriptionRow> existing = rows.findOfJob(tenant.id(), jobId);
    if (existing.isPresent() && existing.get().deletedAt() == null) {
      if (!codec.definition(existing.get()).equals(definition)) {
        throw ProblemException.conflict(
            "job-webhook-differs", "The job " + jobId + " has another webhook already");
      }
      return view(store.unchanged(existing.get()));
    }
    Instant now = clock.instant();
    String id = existing.map(SubscriptionRow::id).orElseGet(Ids::webhook);
    SubscriptionRow row =
        new SubscriptionRow(
            id,
            tenant.id(),
            jobId,
            codec.seal(id, definition),
            Keys.NONE,
            new State(SubscriptionStatus.ACTIVE, null, now),
            null,
            now,
            now,
            null,
            existing.map(SubscriptionRow::version).orElse(0L));
    return view(store.committed(() -> rows.save(row)));
  }

  private WebhookDefinition read(BodyReader body) {
    URI url = endpoints.read(body);
    Map<String, String> headers = HeaderRules.read(body);
    List<String> events = events(body);
    Integer retries = body.integer("retries", 0, MAX_RETRIES);
    body.check();
    return new WebhookDefinition(
        Objects.requireNonNull(url),
        events,
        null,
        PayloadFormat.FLAT,
        headers,
        null,
        false,
        null,
        schedule(retries == null ? DEFAULT_RETRIES : retries));
  }

  private static List<String> events(BodyReader body) {
    List<String> names = body.texts("on", EVENTS.size(), 20);
    if (names == null || names.isEmpty()) {
      if (names != null) {
        body.refuse("unknown-event", "on", "on names at least one of " + known());
      }
      return EVENTS.values().stream().flatMap(List::stream).toList();
    }
    List<String> events = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<String> ofName = EVENTS.get(names.get(i));
      if (ofName == null) {
        body.refuse(
            "unknown-event",
            "on",
            Integer.toString(i),
            "on takes " + known() + "; absent means all");
      } else {
        events.addAll(ofName);
      }
    }
    return events.stream().distinct().toList();
  }

  private static RetrySchedule schedule(int retries) {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < retries; i++) {
      delays.add(FIRST_DELAY.multipliedBy(1L << i));
    }
    return new RetrySchedule(delays);
  }

  private static String known() {
    return String.join(", ", EVENTS.keySet());
  }

  private static JobSubscriptionView view(SubscriptionRow row) {
    return new JobSubscriptionView(
        row.id(), row.jobId(), row.target().url(), row.target().events());
  }
}
