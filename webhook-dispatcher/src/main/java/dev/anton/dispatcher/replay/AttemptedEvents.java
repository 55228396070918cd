package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.delivery.InboundEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the journal knows of events that a subscription may have missed. */
@Repository
class AttemptedEvents {

  private final JdbcClient jdbc;

  AttemptedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Ids of those events that have a delivery to the subscription that was not skipped, be it by an
   * earlier replay.
   *
   * @param events at most some hundred
   */
  Set<String> of(String subscriptionId, List<InboundEvent> events) {
    if (events.isEmpty()) {
      return Set.of();
    }
    List<Instant> times = events.stream().map(InboundEvent::time).toList();
    // The bounds let the planner leave out the partitions of other days.
    return new HashSet<>(
        jdbc.sql(
                """
                select d.event_id
                  from unnest(:ids, cast(:times as timestamptz[])) as e (event_id, event_time)
                  join deliveries d on d.event_id = e.event_id and d.event_time = e.event_time
                 where d.subscription_id = :subscription
                   and d.status <> 'skipped'
                   and d.event_time between cast(:first as timestamptz)
                                        and cast(:last as timestamptz)
                """)
            .param("ids", events.stream().map(it -> it.event().id()).toArray(String[]::new))
            .param("times", times.stream().map(Instant::toString).toArray(String[]::new))
            .param("subscription", subscriptionId)
            .param("first", times.stream().min(Instant::compareTo).orElseThrow().toString())
            .param("last", times.stream().max(Instant::compareTo).orElseThrow().toString())
            .query(String.class)
            .list());
  }
}
