package dev.anton.dispatcher.reading;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads of the events that were seen, newest first. */
@Repository
class EventReads {

  private final JdbcClient jdbc;

  EventReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is asked for; each condition may be absent. */
  record Query(
      @Nullable String type, @Nullable String key, TimeRange range, @Nullable Position before) {}

  /** Where a page ended. */
  record Position(Instant time, String id) {

    /**
     * @throws ProblemException if the text is none of {@link #text}
     */
    static @Nullable Position parse(@Nullable String text) {
      if (text == null) {
        return null;
      }
      int space = text.indexOf(' ');
      try {
        return new Position(Instant.parse(text.substring(0, space)), text.substring(space + 1));
      } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
        throw ProblemException.badInput(
            "invalid-cursor", "cursor", "cursor is a nextCursor from an earlier page of this list");
      }
    }

    static String text(EventView event) {
      return event.timestamp() + " " + event.id();
    }
  }

  List<EventView> list(Tenant tenant, Query query, int limit) {
    Position before = query.before();
    String sql =
        "select * from events where tenant = :tenant"
            + (query.type() == null ? "" : " and event_type = :type")
            + (query.key() == null ? "" : " and event_key = :key")
            + (query.range().since() == null ? "" : " and event_time >= :since")
            + (query.range().until() == null ? "" : " and event_time < :until")
            // The first condition lets the planner leave out the partitions of later days.
            + (before == null
                ? ""
                : " and event_time <= :time and (event_time, event_id) < (:time, :id)")
            + " order by event_time desc, event_id desc limit :limit";
    return jdbc.sql(sql)
        .param("tenant", tenant.id())
        .param("type", query.type())
        .param("key", query.key())
        .param("since", utc(query.range().since()))
        .param("until", utc(query.range().until()))
        .param("time", before == null ? null : utc(before.time()))
        .param("id", before == null ? null : before.id())
        .param("limit", limit)
        .query(EventReads::read)
        .list();
  }

  Optional<EventView> find(Tenant tenant, String id) {
    return jdbc.sql(
            """
            select * from events
             where event_id = :id and tenant = :tenant
             order by event_time
             limit 1
            """)
        .param("id", id)
        .param("tenant", tenant.id())
        .query(EventReads::read)
        .optional();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static EventView read(ResultSet row, int number) throws SQLException {
    return new EventView(
        row.getString("event_id"),
        row.getString("event_type"),
        row.getString("source"),
        DeliveryRows.time(row, "event_time"),
        row.getString("subject"),
        row.getString("event_key"),
        row.getObject("sequence", Long.class),
        row.getInt("size_bytes"),
        row.getInt("matched"),
        row.getInt("filtered"),
        null);
  }
}
