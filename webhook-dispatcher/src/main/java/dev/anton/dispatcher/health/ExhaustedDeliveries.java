package dev.anton.dispatcher.health;

import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.event.WebhookEvent;
import dev.anton.schemas.time.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts deliveries that used up their attempts and tells their owners: of the first at once, of
 * those that follow in one event each {@link HealthSettings#toldEvery()}. All inline webhooks of a
 * tenant's jobs count as one: there may be a million of them, one for each job.
 */
public final class ExhaustedDeliveries {

  /** Nobody is told that telling failed: that would go on for ever. */
  private static final String UNTOLD_PREFIX = "webhook.";

  /** Events of one transaction. */
  private static final int BATCH = 200;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final SubscriptionIndex index;
  private final OperationalEvents events;
  private final HealthSettings settings;
  private final Clock clock;

  ExhaustedDeliveries(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      SubscriptionIndex index,
      OperationalEvents events,
      HealthSettings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.index = index;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Counts them. After a crash some may be counted twice.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer; then none
   *     is counted
   */
  public void count(List<ExhaustedDelivery> exhausted) {
    // In one order everywhere, so that replicas do not wait for each other in a circle.
    Map<String, Counted> byKey = new TreeMap<>();
    for (ExhaustedDelivery one : exhausted) {
      if (!one.delivery().inbound().event().type().startsWith(UNTOLD_PREFIX)) {
        Subscription found = index.find(one.delivery().subscriptionId()).orElse(null);
        byKey.merge(key(one, found), new Counted(one, found, 1), Counted::and);
      }
    }
    Instant now = clock.instant();
    transactions.executeWithoutResult(
        status -> byKey.forEach((key, counted) -> add(key, counted, now)));
  }

  private record Counted(ExhaustedDelivery last, @Nullable Subscription subscription, int count) {

    Counted and(Counted later) {
      return new Counted(later.last, later.subscription, count + later.count);
    }
  }

  private static String key(ExhaustedDelivery exhausted, @Nullable Subscription subscription) {
    return subscription == null || subscription.subject() == null
        ? exhausted.delivery().subscriptionId()
        : "jobs of " + subscription.tenant().id();
  }

  private void add(String key, Counted counted, Instant now) {
    ExhaustedDelivery last = counted.last();
    Subscription subscription = counted.subscription();
    jdbc.sql(
            """
            insert into exhausted_notice as n
                   (notice_key, tenant, untold, since, webhook_id, url, event_id, delivery_id,
                    dead_letter_id, reason, updated_at)
            values (:key, :tenant, :count, :now, :webhook, :url, :event, :delivery, :letter,
                    :reason, :now)
                on conflict (notice_key) do update
               set untold = n.untold + excluded.untold,
                   since = case when n.untold = 0 then excluded.since else n.since end,
                   webhook_id = excluded.webhook_id, url = excluded.url,
                   event_id = excluded.event_id, delivery_id = excluded.delivery_id,
                   dead_letter_id = excluded.dead_letter_id, reason = excluded.reason,
                   updated_at = excluded.updated_at
            """)
        .param("key", key)
        .param("tenant", last.delivery().inbound().event().tenant().id())
        .param("count", counted.count())
        .param("now", utc(now))
        .param("webhook", last.delivery().subscriptionId())
        .param("url", subscription == null ? "" : subscription.url().toString())
        .param("event", last.delivery().inbound().event().id())
        .param("delivery", last.delivery().id())
        .param("letter", last.deadLetterId())
        .param("reason", last.reason())
        .update();
  }

  /** Tells those whose time has come; replicas share them. */
  void tell(Instant now) {
    int told;
    do {
      told = transactions.execute(status -> tellSome(now));
    } while (told == BATCH);
  }

  private int tellSome(Instant now) {
    List<Due> due =
        jdbc.sql(
                """
                with due as (
                  select * from exhausted_notice
                   where untold > 0 and (told_at is null or told_at <= :quiet)
                   order by notice_key
                   limit :limit
                     for update skip locked)
                update exhausted_notice n
                   set untold = 0, told_at = :now
                  from due
                 where n.notice_key = due.notice_key
                returning due.*
                """)
            .param("quiet", utc(now.minus(settings.toldEvery())))
            .param("limit", BATCH)
            .param("now", utc(now))
            .query((row, number) -> new Due(event(row), row.getString("tenant")))
            .list();
    due.forEach(one -> events.append(one.event(), one.tenant(), now));
    return due.size();
  }

  private record Due(WebhookEvent event, String tenant) {}

  void purge(Instant before) {
    jdbc.sql("delete from exhausted_notice where untold = 0 and updated_at < ?")
        .param(utc(before))
        .update();
  }

  private static WebhookEvent.Exhausted event(ResultSet row) throws SQLException {
    return new WebhookEvent.Exhausted(
        row.getString("webhook_id"),
        row.getString("url"),
        row.getString("reason"),
        row.getString("event_id"),
        row.getString("delivery_id"),
        row.getString("dead_letter_id"),
        row.getInt("untold"),
        Timestamps.format(row.getObject("since", OffsetDateTime.class).toInstant()));
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
