package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.reading.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Pages of deliveries, oldest first. Each page is a stretch of an index, whatever else is asked for
 * is decided on its rows: a page takes milliseconds, however little of ten million is selected.
 */
@Repository
class CandidateRows {

  static final int PAGE = 1000;

  /** Status by status, each in the order of the partial index for what did not arrive. */
  private static final String ENDED_AS =
      """
      (select * from deliveries
        where subscription_id = :webhook and tenant = :tenant and status = '%s'
          and delivery_id > :after and delivery_id >= :first and delivery_id < :end
        order by delivery_id limit :page)\
      """;

  private static final String FAILED =
      "select * from ("
          + ENDED_AS.formatted("dead")
          + " union all "
          + ENDED_AS.formatted("skipped")
          + ") ended order by delivery_id limit :page";

  private static final String ALL =
      """
      select * from deliveries
       where subscription_id = :webhook and tenant = :tenant
         and delivery_id > :after and delivery_id >= :first and delivery_id < :end
       order by delivery_id limit :page\
      """;

  private static final String DEAD_LETTERS =
      """
      select * from deliveries
       where tenant = :tenant and dead_letter_id is not null
         and dead_letter_id > :after and dead_letter_id >= :first and dead_letter_id < :end
       order by dead_letter_id limit :page\
      """;

  /** Whether the event got there by another delivery, or is on its way. */
  private static final String OTHERS =
      """
      exists (select from deliveries o
               where o.event_id = d.event_id and o.event_time = d.event_time
                 and o.subscription_id = d.subscription_id
                 and o.status in ('delivered', 'pending', 'retrying'))\
      """;

  private static final String UNDER_WAY = "d.status in ('pending', 'retrying')";

  private final JdbcClient jdbc;

  CandidateRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The next page; less than a page is the last. */
  List<Candidate> next(ReplayOrder order, String after) {
    TimeRange range = new TimeRange(order.since(), order.until());
    return switch (order.selection()) {
      case FAILED -> page(FAILED, OTHERS, "delivery_id", "dlv_", order, range, after);
      case ALL -> page(ALL, UNDER_WAY, "delivery_id", "dlv_", order, range, after);
      case DEAD_LETTERS -> page(DEAD_LETTERS, OTHERS, "dead_letter_id", "dl_", order, range, after);
      case MISSED -> throw new IllegalArgumentException("What was missed is not in the journal");
    };
  }

  private List<Candidate> page(
      String page,
      String otherwise,
      String by,
      String prefix,
      ReplayOrder order,
      TimeRange range,
      String after) {
    String from = PastDelivery.FROM.replace("deliveries d", "page d");
    String sql =
        """
        with page as materialized (%s)
        select %s, d.event_type, d.reason, d.last_outcome, d.%s as position, %s as otherwise
          from %s
         order by d.%s
        """
            .formatted(page, PastDelivery.COLUMNS, by, otherwise, from, by);
    return jdbc.sql(sql)
        .param("webhook", order.webhookId())
        .param("tenant", order.tenant().id())
        .param("after", after)
        .param("first", range.firstId(prefix))
        .param("end", range.endId(prefix))
        .param("page", PAGE)
        .query(CandidateRows::read)
        .list();
  }

  private static Candidate read(ResultSet row, int number) throws SQLException {
    return new Candidate(
        PastDelivery.read(row, number),
        row.getString("position"),
        row.getString("event_type"),
        row.getBoolean("otherwise"),
        row.getString("reason"),
        row.getString("last_outcome"));
  }
}
