package dev.anton.dispatcher.reading;

import dev.anton.api.page.PageRequest;
import dev.anton.schemas.id.Tenant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads of the journal's deliveries, newest first. Ids begin with the time they were made at, so a
 * time range is a range of the id's index, and so is a page.
 */
@Repository
class DeliveryReads {

  private static final String DELIVERY = "dlv_";

  private final JdbcClient jdbc;

  DeliveryReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One more than the page's limit, if there is one. */
  List<DeliveryView> ofWebhook(
      Tenant tenant,
      String webhookId,
      @Nullable DeliveryStatus status,
      @Nullable String event,
      TimeRange range,
      PageRequest page) {
    // Each condition is there or not: a partial index is used only for a condition that is spelt
    // out.
    String sql =
        """
        select * from deliveries
         where subscription_id = :webhookId and tenant = :tenant
           and delivery_id >= :first and delivery_id < :end
        """
            + (status == null ? "" : " and status = '" + status.wireName() + "'\n")
            + (event == null ? "" : " and event_type = :event\n")
            + " order by delivery_id desc limit :limit";
    return jdbc.sql(sql)
        .param("webhookId", webhookId)
        .param("tenant", tenant.id())
        .param("first", range.firstId(DELIVERY))
        .param("end", end(range.endId(DELIVERY), page))
        .param("event", event)
        .param("limit", page.limit() + 1)
        .query(DeliveryRows::delivery)
        .list();
  }

  Optional<DeliveryView> find(Tenant tenant, String id) {
    return jdbc.sql("select * from deliveries where delivery_id = :id and tenant = :tenant")
        .param("id", id)
        .param("tenant", tenant.id())
        .query(DeliveryRows::delivery)
        .optional();
  }

  List<AttemptView> attempts(String deliveryId, Instant eventTime) {
    return jdbc.sql(
            """
            select * from delivery_attempts
             where delivery_id = :id and event_time = :time
             order by attempt
            """)
        .param("id", deliveryId)
        .param("time", eventTime.atOffset(ZoneOffset.UTC))
        .query(DeliveryRows::attempt)
        .list();
  }

  /** Deliveries of one event, replays included, at most so many. */
  List<DeliveryView> ofEvent(Tenant tenant, String eventId, Instant eventTime, int limit) {
    return jdbc.sql(
            """
            select * from deliveries
             where event_id = :id and event_time = :time and tenant = :tenant
             order by subscription_id, replay_id
             limit :limit
            """)
        .param("id", eventId)
        .param("time", eventTime.atOffset(ZoneOffset.UTC))
        .param("tenant", tenant.id())
        .param("limit", limit)
        .query(DeliveryRows::delivery)
        .list();
  }

  /** The page goes on below the last id of the one before. */
  static String end(String ofRange, PageRequest page) {
    String after = page.after();
    return after == null || after.compareTo(ofRange) > 0 ? ofRange : after;
  }
}
