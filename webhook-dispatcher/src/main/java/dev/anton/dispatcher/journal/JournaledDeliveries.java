package dev.anton.dispatcher.journal;

import dev.anton.dispatcher.delivery.InboundEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** What the journal knows already of events that are read again after a crash or a rebalance. */
public final class JournaledDeliveries {

  private static final String SQL =
      """
      select d.event_id, d.subscription_id
        from unnest(?::text[], ?::timestamptz[]) as e(event_id, event_time)
        join deliveries d on d.event_id = e.event_id and d.event_time = e.event_time
       where d.replay_id = ''
         and d.event_time between ?::timestamptz and ?::timestamptz
      """;

  private final DataSource dataSource;

  public JournaledDeliveries(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The subscriptions to which each event was delivered, or for which it is parked or skipped; they
   * must not be attempted again from here.
   *
   * @return by event id; an event that is not in it is new
   */
  public Map<String, Set<String>> find(Collection<InboundEvent> events) throws SQLException {
    if (events.isEmpty()) {
      return Map.of();
    }
    List<Instant> times = events.stream().map(InboundEvent::time).toList();
    Map<String, Set<String>> found = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", events.stream().map(event -> event.event().id()).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", times.stream().map(Instant::toString).toArray()));
      // The bounds let the planner leave out the partitions of other days.
      statement.setString(3, times.stream().min(Instant::compareTo).orElseThrow().toString());
      statement.setString(4, times.stream().max(Instant::compareTo).orElseThrow().toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.computeIfAbsent(rows.getString(1), id -> new HashSet<>()).add(rows.getString(2));
        }
      }
    }
    return found;
  }
}
