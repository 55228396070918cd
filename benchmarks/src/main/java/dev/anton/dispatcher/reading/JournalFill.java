package dev.anton.dispatcher.reading;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Days of the journal, as the dispatcher would have written them. Ten tenants have a hundred
 * webhooks each; an event goes to two of them, and of each tenant's events half go to its first
 * one, {@code wh_0} to {@code wh_9}. Of a hundred deliveries one is dead, one skipped, one on its
 * way; but nearly all are dead of {@code wh_1}. One event in 100,000 is of the type {@code
 * order.rare}.
 */
@SuppressWarnings("InlineFormatString") // SQL is read better apart from what calls it
final class JournalFill {

  static final int TENANTS = 10;
  static final int WEBHOOKS = 1_000;

  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMMdd");

  /** A day's table is filled before it is a partition: its indexes are built once and not kept. */
  private static final String TABLE =
      "create unlogged table %1$s_%2$s (like %1$s including defaults including constraints)";

  private static final String ATTACH =
      "alter table %1$s attach partition %1$s_%2$s for values from ('%3$s 00:00+00') to ('%4$s"
          + " 00:00+00')";

  private static final String NUMBERED =
      """
      with numbered as (
        select n, n %% 10 as tenant,
               timestamptz '%2$s 00:00+00' + (n - %3$d) * interval '1 second' * 86400 / %4$d as at,
               case when n %% 100000 = 7 then 'order.rare' else 'order.type' || n / 10 %% 20 end
                 as type
          from generate_series(%3$d, %3$d + %4$d - 1) n),
      timed as (
        select *, lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as hex
          from numbered)
      """;

  private static final String EVENTS =
      NUMBERED
          + """
          insert into events_%1$s (tenant, event_id, event_time, event_type, source, event_key, topic,
                                   kafka_partition, kafka_offset, logged_at, size_bytes, matched)
          select 't' || tenant, 'evt_' || hex || lpad(to_hex(n), 20, '0'), at, type, '/bench',
                 'order-' || n / 50, 'anton.custom.events', n %% 12, n / 12, at, 1024, 2
            from timed
          """;

  private static final String DELIVERIES =
      NUMBERED
          + """
          , delivered as (
            select *,
                   tenant + 10 * (case when d = 0 and n / 10 %% 2 = 0 then 0
                                       else n / 20 * 7 %% 99 + d end) as webhook,
                   n * 2 + d as number
              from timed, generate_series(0, 1) d),
          ended as (
            select *,
                   case when webhook = 1 then case when number %% 5000 = 1 then 'delivered' else 'dead' end
                        when number / 200 %% 100 = 0 then 'dead'
                        when number / 200 %% 100 = 1 then 'skipped'
                        when number / 200 %% 200 = 2 then 'retrying'
                        when number / 200 %% 200 = 102 then 'pending'
                        else 'delivered' end as status
              from delivered)
          insert into deliveries_%1$s (delivery_id, tenant, subscription_id, event_id, event_time,
                                       event_type, event_key, status, attempts, created_at,
                                       last_attempt_at, last_duration_us, last_outcome,
                                       last_http_status, last_answer, reason, replay_id,
                                       dead_letter_id, dead_letter_partition, dead_letter_offset)
          select 'dlv_' || hex || lpad(to_hex(number), 20, '0'), 't' || tenant, 'wh_' || webhook,
                 'evt_' || hex || lpad(to_hex(n), 20, '0'), at, type, 'order-' || n / 50, status,
                 case status when 'delivered' then 1 when 'dead' then 4 when 'retrying' then 3
                             else 0 end,
                 at, at, 3000, case status when 'delivered' then 'delivered' else 'refused' end,
                 case status when 'delivered' then 200 else 503 end,
                 case status when 'delivered' then 'ok' else 'no' end,
                 case status when 'skipped' then 'the subscription is paused' end,
                 case when number %% 1000 = 3 then 'rpl_' || number / 1000000 else '' end,
                 case status when 'dead' then 'dl_' || hex || lpad(to_hex(number), 20, '0') end,
                 case status when 'dead' then 0 end, case status when 'dead' then number end
            from ended
          """;

  private static final String ATTEMPTS =
      """
      insert into attempts_%1$s
      select delivery_id, attempt, event_time, tenant, event_time, 3000, 'refused', 503, null, 'no'
        from deliveries_%1$s, generate_series(1, attempts) attempt
       where attempts > 1
      """;

  private final LocalDate first;
  private final int eventsADay;

  JournalFill(LocalDate first, int eventsADay) {
    this.first = first;
    this.eventsADay = eventsADay;
  }

  /** Fills the journal's tables for one day, counted from 0. */
  void day(JdbcClient jdbc, int number) {
    LocalDate day = first.plusDays(number);
    String suffix = SUFFIX.format(day);
    jdbc.sql("set maintenance_work_mem = '256MB'").update();
    for (String table : new String[] {"events", "deliveries", "attempts"}) {
      jdbc.sql(TABLE.formatted(table, suffix)).update();
    }
    long firstEvent = (long) number * eventsADay;
    jdbc.sql(EVENTS.formatted(suffix, day, firstEvent, eventsADay)).update();
    jdbc.sql(DELIVERIES.formatted(suffix, day, firstEvent, eventsADay)).update();
    jdbc.sql(ATTEMPTS.formatted(suffix)).update();
  }

  /** Makes the day part of the journal, its indexes included. */
  void attach(JdbcClient jdbc, int number) {
    LocalDate day = first.plusDays(number);
    String suffix = SUFFIX.format(day);
    for (String table : new String[] {"events", "deliveries", "attempts"}) {
      jdbc.sql(ATTACH.formatted(table, suffix, day, day.plusDays(1))).update();
      jdbc.sql("vacuum (analyze) " + table + "_" + suffix).update();
    }
  }

  /** When the middle event of a day was. */
  Instant noon(int number) {
    return first.plusDays(number).atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  /** The id of the event in the middle of a day. */
  String eventAtNoon(int number) {
    return "evt_" + idAtNoon(number, (long) number * eventsADay + eventsADay / 2);
  }

  /** The id of its first delivery. */
  String deliveryAtNoon(int number) {
    return "dlv_" + idAtNoon(number, 2 * ((long) number * eventsADay + eventsADay / 2));
  }

  private String idAtNoon(int number, long count) {
    return String.format(Locale.ROOT, "%012x%020x", noon(number).toEpochMilli(), count);
  }
}
