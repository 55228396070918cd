package dev.anton.dispatcher.rate;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Schedules as rows of a table, by the database's clock, in one statement for all wishes. */
final class PostgresRateSchedule implements RateSchedule {

  /**
   * A schedule that reaches further ahead than any grant can was written by a clock that was set
   * back since; it starts anew.
   */
  private static final String LEASE =
      """
      insert into rate_schedule as s (subscription_id, rate, first_at, given, given_until)
      select subscription_id, rate, now(), least(wanted, :lead_tokens),
             now() + least(wanted, :lead_tokens) * interval '1 second' / rate
        from unnest(?::text[], ?::integer[], ?::integer[]) as a (subscription_id, rate, wanted)
       order by subscription_id
          on conflict (subscription_id) do update
         set rate = excluded.rate, first_at = :first, given = :given,
             given_until = :first + :given * interval '1 second' / excluded.rate
       where :first <= now() + :lead
      returning subscription_id, given,
                (extract(epoch from first_at - now()) * 1000000000)::bigint
      """
          .replace(":given", "least(excluded.given, :room)")
          .replace(
              ":room",
              "floor(extract(epoch from now() + :lead - :first) * excluded.rate)::integer + 1")
          .replace(
              ":first",
              "case when s.given_until between now() and now() + interval '5 seconds'"
                  + " then s.given_until else now() end");

  private static final String FORGET =
      "delete from rate_schedule where given_until < now() - interval '1 hour'";

  private final JdbcTemplate jdbc;
  private final String lease;

  /**
   * @param lead how far ahead tokens are given out
   */
  PostgresRateSchedule(JdbcTemplate jdbc, Duration lead) {
    this.jdbc = jdbc;
    this.lease =
        LEASE
            .replace(":lead_tokens", "(rate * " + lead.toMillis() + " / 1000 + 1)")
            .replace(":lead", "interval '" + lead.toMillis() + " milliseconds'");
  }

  @Override
  public Map<String, Grant> lease(List<Wish> wishes) {
    Map<String, Grant> grants = new HashMap<>();
    jdbc.query(
        lease,
        statement -> {
          array(statement, 1, "text", wishes.stream().map(Wish::subscriptionId).toArray());
          array(statement, 2, "int4", wishes.stream().map(Wish::rate).toArray());
          array(statement, 3, "int4", wishes.stream().map(Wish::tokens).toArray());
        },
        row -> {
          grants.put(row.getString(1), new Grant(row.getInt(2), row.getLong(3)));
        });
    return grants;
  }

  @Override
  public void forget() {
    jdbc.update(FORGET);
  }

  private static void array(PreparedStatement statement, int index, String type, Object[] values)
      throws SQLException {
    Array array = statement.getConnection().createArrayOf(type, values);
    statement.setArray(index, array);
  }
}
