package dev.anton.dispatcher.replay;

import dev.anton.schemas.id.Tenant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows that a retry of one delivery reads and changes. */
@Repository
class RetryRows {

  private final JdbcClient jdbc;

  RetryRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<PastDelivery> find(Tenant tenant, String deliveryId) {
    return jdbc.sql(
            "select %s from %s where d.delivery_id = :id and d.tenant = :tenant"
                .formatted(PastDelivery.COLUMNS, PastDelivery.FROM))
        .param("id", deliveryId)
        .param("tenant", tenant.id())
        .query(PastDelivery::read)
        .optional();
  }

  Optional<PastDelivery> findDeadLetter(Tenant tenant, String deadLetterId) {
    return jdbc.sql(
            "select %s from %s where d.dead_letter_id = :id and d.tenant = :tenant"
                .formatted(PastDelivery.COLUMNS, PastDelivery.FROM))
        .param("id", deadLetterId)
        .param("tenant", tenant.id())
        .query(PastDelivery::read)
        .optional();
  }

  /**
   * Makes a parked delivery due.
   *
   * @return false if an attempt is being made, or it is on its way to the dead letters
   */
  boolean hurry(PastDelivery delivery) {
    int hurried =
        jdbc.sql(
                """
                update parked
                   set state = 'due', due_at = now()
                 where delivery_id = :id
                   and state in ('due', 'waiting')
                   and (lease_owner is null or due_at <= now())
                """)
            .param("id", delivery.id())
            .update();
    if (hurried > 0) {
      jdbc.sql(
              """
              update deliveries
                 set next_attempt_at = now()
               where delivery_id = :id and event_time = :time and status in ('pending', 'retrying')
              """)
          .param("id", delivery.id())
          .param("time", delivery.eventTime().atOffset(ZoneOffset.UTC))
          .update();
    }
    return hurried > 0;
  }

  /** Whether earlier deliveries of its key have to come to an end first. */
  boolean isBehind(PastDelivery delivery) {
    return jdbc.sql(
            "select exists (select from parked where delivery_id = :id and state = 'behind')")
        .param("id", delivery.id())
        .query(Boolean.class)
        .single();
  }
}
