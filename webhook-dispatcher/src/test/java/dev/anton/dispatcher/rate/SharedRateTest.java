package dev.anton.dispatcher.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.loop.RoundLoop;
import dev.anton.dispatcher.rate.RateSchedule.Grant;
import dev.anton.dispatcher.rate.RateSchedule.Wish;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two replicas on one PostgreSQL, measured by what they start. */
@BackendsTest(role = "dispatcher")
class SharedRateTest {

  private static final int RATE = 100;
  private static final Duration MEASURED = Duration.ofSeconds(4);

  private JdbcTemplate jdbc;

  @BeforeEach
  void migrate(PostgresBackend postgres) {
    Flyway.configure()
        .dataSource(postgres.dataSource())
        .locations("classpath:db/migration/rate")
        .load()
        .migrate();
    jdbc = new JdbcTemplate(postgres.dataSource());
    jdbc.update("truncate rate_schedule");
  }

  @Test
  void aScheduleGivesEachMomentOnceAndStartsAnewAfterARest() {
    RateSchedule schedule = schedule();

    assertThat(schedule.lease(List.of(new Wish("wh_1", 10, 100))).get("wh_1").tokens())
        .isEqualTo(4);
    assertThat(schedule.lease(List.of(new Wish("wh_1", 10, 100), new Wish("wh_2", 1, 1))))
        .containsEntry("wh_2", new Grant(1, 0))
        .doesNotContainKey("wh_1");

    jdbc.update("update rate_schedule set given_until = given_until - interval '1 hour'");
    assertThat(schedule.lease(List.of(new Wish("wh_1", 10, 2)))).containsEntry("wh_1", grant(2));
    // A clock that was set back does not stop deliveries for as long.
    jdbc.update("update rate_schedule set given_until = given_until + interval '1 hour'");
    assertThat(schedule.lease(List.of(new Wish("wh_1", 10, 2)))).containsEntry("wh_1", grant(2));

    jdbc.update("update rate_schedule set given_until = now() - interval '2 hours'");
    schedule.forget();
    assertThat(jdbc.queryForObject("select count(*) from rate_schedule", Integer.class)).isZero();
  }

  @Test
  void replicasKeepARateTogetherAndShareItByWhatTheyHaveToSend() {
    Subscription both = Replica.subscription("wh_both", RATE);
    Subscription one = Replica.subscription("wh_one", RATE);
    Subscription little = Replica.subscription("wh_little", RATE);
    Replica first = new Replica(schedule(), System::nanoTime);
    Replica second = new Replica(schedule(), System::nanoTime);
    RoundLoop firstLoop = new RoundLoop("rates-1", first.rates::round);
    RoundLoop secondLoop = new RoundLoop("rates-2", second.rates::round);
    firstLoop.start();
    secondLoop.start();
    int offeredLittle = 0;
    long start = System.nanoTime();
    long end = start + MEASURED.toNanos();
    for (int step = 0; System.nanoTime() - end < 0; step++) {
      first.keepWaiting(both, 50);
      second.keepWaiting(both, 50);
      first.keepWaiting(one, 50);
      first.keepWaiting(little, 50);
      if (step % 10 == 0) {
        second.offer(little);
        offeredLittle++;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    firstLoop.stop();
    secondLoop.stop();

    double expected = RATE * MEASURED.toMillis() / 1000.0;
    for (String id : List.of("wh_both", "wh_one", "wh_little")) {
      long count =
          Stream.of(first, second)
              .flatMap(replica -> replica.starts(id).stream())
              .filter(at -> at - end <= 0)
              .count();
      assertThat(count).as(id).isBetween(Math.round(expected * 0.9), Math.round(expected * 1.1));
    }
    assertThat(first.starts("wh_both").size() / expected).isBetween(0.3, 0.7);
    assertThat(second.starts("wh_little").size()).isGreaterThan(offeredLittle / 2);
  }

  private RateSchedule schedule() {
    return new PostgresRateSchedule(jdbc, Replica.settings().lead());
  }

  private static Grant grant(int tokens) {
    return new Grant(tokens, 0);
  }
}
