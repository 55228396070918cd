package dev.anton.dispatcher.reading;

import dev.anton.api.page.PageRequest;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.reading.DeadLetterView.Replayed;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads of dead letters, newest first; their ids begin with the time they were made at. */
@Repository
class DeadLetterReads {

  private static final String PREFIX = "dl_";

  /**
   * Of each dead letter, the newest delivery of its event to its webhook that came after it. The
   * "offset 0" keeps PostgreSQL from reading the webhook's whole list in the order asked for: an
   * event has a handful of deliveries to one webhook.
   */
  private static final String SELECT =
      """
      select d.*, o.delivery_id as other_id, o.replay_id as other_replay, o.status as other_status
        from deliveries d
        left join lateral (
             select delivery_id, replay_id, status
               from (select delivery_id, replay_id, status
                       from deliveries
                      where event_id = d.event_id and event_time = d.event_time
                        and subscription_id = d.subscription_id
                     offset 0) o
              where o.delivery_id > d.delivery_id
              order by o.delivery_id desc
              limit 1) o on true
       where d.tenant = :tenant
      """;

  private final JdbcClient jdbc;

  DeadLetterReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One more than the page's limit, if there is one. */
  List<DeadLetterView> list(
      Tenant tenant,
      @Nullable String webhookId,
      @Nullable String reason,
      TimeRange range,
      PageRequest page) {
    return jdbc.sql(
            SELECT
                + " and d.dead_letter_id is not null"
                + " and d.dead_letter_id >= :first and d.dead_letter_id < :end\n"
                + (webhookId == null ? "" : " and d.subscription_id = :webhookId\n")
                + (reason == null
                    ? ""
                    : " and (d.last_outcome = :reason"
                        + " or position(lower(:reason) in lower(d.reason)) > 0)\n")
                + " order by d.dead_letter_id desc limit :limit")
        .param("tenant", tenant.id())
        .param("webhookId", webhookId)
        .param("reason", reason)
        .param("first", range.firstId(PREFIX))
        .param("end", DeliveryReads.end(range.endId(PREFIX), page))
        .param("limit", page.limit() + 1)
        .query(DeadLetterReads::read)
        .list();
  }

  Optional<DeadLetterView> find(Tenant tenant, String id) {
    return jdbc.sql(SELECT + " and d.dead_letter_id = :id")
        .param("tenant", tenant.id())
        .param("id", id)
        .query(DeadLetterReads::read)
        .optional();
  }

  /** Where its record lies. */
  static Optional<RecordPosition> position(DeadLetterView letter) {
    Integer partition = letter.partition();
    Long offset = letter.offset();
    return partition == null || offset == null
        ? Optional.empty()
        : Optional.of(new RecordPosition(Topics.DEAD_LETTER, partition, offset));
  }

  private static DeadLetterView read(ResultSet row, int number) throws SQLException {
    String id = row.getString("dead_letter_id");
    String other = row.getString("other_id");
    Replayed replayed =
        other == null
            ? null
            : new Replayed(
                other,
                DeliveryRows.emptyToNull(row.getString("other_replay")),
                row.getString("other_status"));
    return new DeadLetterView(
        id,
        row.getString("delivery_id"),
        row.getString("subscription_id"),
        DeliveryRows.event(row),
        madeAt(id),
        row.getInt("attempts"),
        row.getString("reason"),
        DeliveryRows.optionalTime(row, "last_attempt_at"),
        row.getString("last_outcome"),
        row.getObject("last_http_status", Integer.class),
        row.getString("last_error"),
        row.getObject("dead_letter_partition", Integer.class),
        row.getObject("dead_letter_offset", Long.class),
        replayed != null,
        replayed);
  }

  /** The first twelve digits of an id are its milliseconds. */
  private static Instant madeAt(String id) {
    int start = PREFIX.length();
    return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(id, start, start + 12));
  }
}
