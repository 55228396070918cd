package dev.anton.dispatcher.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.TurnListener;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The invariants of {@code docs/ordered.md} under whatever may happen to a line, on the real tables
 * and through the real journal.
 */
@BackendsTest(role = "dispatcher")
class LinePropertyTest {

  private static final QuickTheory QT =
      QuickTheory.qt().withFixedSeed(20_261_126).withExamples(60).withShrinkCycles(150);

  private static final Gen<List<Step>> STEPS =
      SourceDSL.lists()
          .of(
              SourceDSL.integers()
                  .between(0, 19)
                  .zip(SourceDSL.integers().between(0, 69), Step::new))
          .ofSizeBetween(0, 50);

  private final LineModel.Hints hints = new LineModel.Hints();
  private HikariDataSource dataSource;
  private AnnotationConfigApplicationContext context;

  /**
   * @param kind what happens
   * @param which to which of those it can happen to, and how
   */
  private record Step(int kind, int which) {

    void in(LineModel model) {
      switch (kind) {
        case 0, 1, 2, 3 -> model.read(which, false);
        case 4 -> model.read(which, true);
        case 5, 6, 7, 8 -> model.look(which);
        case 9, 10, 11, 12, 13 -> model.end(which, false);
        case 14 -> model.end(which, true);
        case 15, 16, 17 -> model.takeUp(which);
        case 18 -> model.walk(which);
        default -> model.sweep();
      }
    }
  }

  @BeforeEach
  void open(PostgresBackend postgres) {
    dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(postgres.jdbcUrl());
    dataSource.setUsername(postgres.username());
    dataSource.setPassword(postgres.password());
    dataSource.setMaximumPoolSize(3);
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration/journal")
        .load()
        .migrate();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(DataSource.class, () -> dataSource);
    context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.registerBean(TurnListener.class, () -> hints);
    // What the journal refuses would go to Kafka; nothing here is refused, and no broker is asked.
    context.registerBean(KafkaProperties.class, KafkaProperties::new);
    context.scan("dev.anton.dispatcher.journal", "dev.anton.dispatcher.backbone");
    context.refresh();
  }

  @AfterEach
  void close() {
    context.close();
    dataSource.close();
  }

  @Test
  void whateverHappensALineKeepsItsOrderAndComesToItsEnd() {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    Journal journal = context.getBean(Journal.class);
    QT.forAll(STEPS)
        .checkAssert(
            steps -> {
              LineModel model = new LineModel(jdbc, journal, hints);
              steps.forEach(step -> step.in(model));
              model.settle();
              assertThat(model.broken()).isEmpty();
            });
  }
}
