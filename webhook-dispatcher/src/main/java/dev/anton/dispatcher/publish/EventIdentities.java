package dev.anton.dispatcher.publish;

import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives events their identity, and the same one again to a repeated request. Each statement commits
 * by itself: the request's transaction, if it had one, would tell the idempotency filter that the
 * request took effect before it did.
 */
@Component
@EnableConfigurationProperties(PublishProperties.class)
class EventIdentities {

  /** What one statement deletes. */
  private static final int BATCH = 5_000;

  private final JdbcClient jdbc;
  private final PublishProperties properties;
  private final Clock clock;

  EventIdentities(JdbcClient jdbc, PublishProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * @param idempotencyKey null: every request is an event of its own
   */
  EventIdentity of(Tenant tenant, @Nullable String idempotencyKey, byte[] request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    EventIdentity fresh = new EventIdentity(Ids.event(), now);
    if (idempotencyKey == null) {
      return fresh;
    }
    return jdbc.sql(
            """
            insert into published_event (tenant, idempotency_key, request_hash, event_id, event_time)
            values (:tenant, :key, :hash, :id, :time)
            on conflict (tenant, idempotency_key, request_hash)
               do update set tenant = excluded.tenant -- a no-op, so that the row is returned
            returning event_id, event_time
            """)
        .param("tenant", tenant.id())
        .param("key", idempotencyKey)
        .param("hash", hash(request))
        .param("id", fresh.id())
        .param("time", fresh.time().atOffset(ZoneOffset.UTC))
        .query(EventIdentities::read)
        .single();
  }

  @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
  void forgetOld() {
    Instant before = clock.instant().minus(properties.keyRetention());
    int deleted;
    do {
      deleted =
          jdbc.sql(
                  """
                  delete from published_event
                   where ctid = any (array(select ctid from published_event
                                            where event_time < :before
                                            limit :batch
                                              for update skip locked))
                  """)
              .param("before", before.atOffset(ZoneOffset.UTC))
              .param("batch", BATCH)
              .update();
    } while (deleted == BATCH);
  }

  private static EventIdentity read(ResultSet row, int number) throws SQLException {
    return new EventIdentity(
        row.getString("event_id"), row.getObject("event_time", OffsetDateTime.class).toInstant());
  }

  private static byte[] hash(byte[] request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(request);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
