package dev.anton.dispatcher.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three days are kept and two are made ahead, on real PostgreSQL, by a clock that is set. */
@BackendsTest(role = "dispatcher")
class DayPartitionsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final JournalSettings SETTINGS =
      new JournalSettings(100, Duration.ofMillis(1), Duration.ofDays(3), 2, Duration.ofHours(1));

  private DataSource dataSource;
  private JdbcClient jdbc;

  @BeforeEach
  void emptyTables(PostgresBackend postgres) {
    dataSource = postgres.dataSource();
    Flyway flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:db/migration/journal")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
    jdbc = JdbcClient.create(dataSource);
  }

  @Test
  void dayByDayTheOldestGoesAndANewOneComesAhead() throws SQLException {
    for (int day = 0; day < 7; day++) {
      assertThat(on(TODAY.plusDays(day)).maintain()).isTrue();
      for (LocalDate each = TODAY.plusDays(day);
          !each.isAfter(TODAY.plusDays(day + 2));
          each = each.plusDays(1)) {
        event(each, "of the day " + each);
      }
    }

    for (String table : List.of("events", "deliveries", "attempts")) {
      assertThat(tablesOf(table))
          .containsExactly(
              table + "_20261125",
              table + "_20261126",
              table + "_20261127",
              table + "_20261128",
              table + "_20261129",
              table + "_20261130",
              table + "_default");
    }
    assertThat(days("events")).containsExactly(25, 26, 27, 28, 29, 30);
    assertThat(days("events_default")).isEmpty();
  }

  @Test
  void lateRowsAreKeptInTheDefaultPartitionUntilTheirTimeHasCome() throws SQLException {
    on(TODAY).maintain();
    event(TODAY.minusDays(3), "late");
    event(TODAY.minusDays(4), "too late");

    on(TODAY).maintain();
    assertThat(days("events_default")).containsExactly(19);

    on(TODAY.plusDays(1)).maintain();
    assertThat(days("events")).isEmpty();
  }

  @Test
  void rowsThatCameBeforeTheirPartitionMoveToIt() throws SQLException {
    event(TODAY, "early");

    on(TODAY).maintain();

    assertThat(days("events_20261122")).containsExactly(22);
    assertThat(days("events_default")).isEmpty();
  }

  @Test
  void aRowThatIsBeingWrittenMeanwhileMovesToItsPartitionToo(PostgresBackend postgres)
      throws Exception {
    try (Connection writer = postgres.connect();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      writer.setAutoCommit(false);
      insert(writer, TODAY, "not committed yet");

      Future<Boolean> maintained = executor.submit(() -> on(TODAY).maintain());
      await().until(() -> waitsForLock("events_default"));
      writer.commit();

      assertThat(maintained.get()).isTrue();
    }
    assertThat(days("events_20261122")).containsExactly(22);
  }

  @Test
  void aTableThatIsInUseIsLeftForTheNextTimeAndTheJournalGoesOn(PostgresBackend postgres)
      throws SQLException {
    on(TODAY).maintain();
    try (Connection reader = postgres.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select count(*) from events");

      assertThat(on(TODAY.plusDays(4)).maintain()).isFalse();

      event(TODAY.plusDays(1), "the journal is not held up");
      assertThat(tablesOf("events")).contains("events_20261122");
      assertThat(tablesOf("deliveries")).doesNotContain("deliveries_20261122");
      reader.rollback();
    }

    assertThat(on(TODAY.plusDays(4)).maintain()).isTrue();
    assertThat(tablesOf("events")).doesNotContain("events_20261122").contains("events_20261128");
  }

  @Test
  void whatACrashLeftDetachedIsDropped() throws SQLException {
    on(TODAY).maintain();
    jdbc.sql("alter table events detach partition events_20261121").update();

    on(TODAY.plusDays(4)).maintain();

    assertThat(jdbc.sql("select to_regclass('events_20261121')").query(String.class).optional())
        .isEmpty();
  }

  @Test
  void twoReplicasAtOnceDoItOnce() throws Exception {
    on(TODAY).maintain();
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<Boolean> replica =
        () -> {
          together.await();
          return on(TODAY.plusDays(5)).maintain();
        };
    List<Boolean> done = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      for (Future<Boolean> one : executor.invokeAll(List.of(replica, replica))) {
        done.add(one.get());
      }
    }

    assertThat(done).containsExactly(true, true);
    assertThat(tablesOf("events"))
        .containsExactly(
            "events_20261124",
            "events_20261126",
            "events_20261127",
            "events_20261128",
            "events_20261129",
            "events_default");
  }

  private DayPartitions on(LocalDate day) {
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    return new DayPartitions(dataSource, SETTINGS, Clock.fixed(noon, ZoneOffset.UTC));
  }

  private void event(LocalDate day, String source) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = '5s'");
      insert(connection, day, source);
    }
  }

  private static void insert(Connection connection, LocalDate day, String source)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into events (tenant, event_id, event_time, event_type, source, topic,
                              kafka_partition, kafka_offset, logged_at, size_bytes, matched)
          values ('default', gen_random_uuid()::text, '%s 13:00+00', 'a.b', '%s', 't', 0, 0, now(),
                  1, 0)
          """
              .formatted(day, source));
    }
  }

  private boolean waitsForLock(String table) {
    return jdbc.sql("select count(*) from pg_locks where relation = ?::regclass and not granted")
            .param(table)
            .query(Integer.class)
            .single()
        > 0;
  }

  private List<Integer> days(String table) {
    return jdbc.sql(
            "select distinct extract(day from event_time)::int from " + table + " order by 1")
        .query(Integer.class)
        .list();
  }

  private List<String> tablesOf(String table) {
    return jdbc.sql(
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass order"
                + " by 1")
        .param(table)
        .query(String.class)
        .list();
  }
}
