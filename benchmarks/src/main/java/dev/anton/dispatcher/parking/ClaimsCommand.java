package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.journal.RecordHeaderBytes;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.stack.postgres.DatabaseAccess;
import dev.anton.stack.postgres.PostgresServer;
import dev.anton.stack.postgres.PostgresSettings;
import dev.anton.stack.postgres.PostgresSettings.Durability;
import dev.anton.stack.postgres.ServiceRole;
import dev.anton.stack.process.LoopbackPorts;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast due rows are claimed out of very many parked ones, as the dispatcher does. */
@Command(
    name = "claims",
    mixinStandardHelpOptions = true,
    description = "Claims of due deliveries among 1,000,000 parked ones.")
public final class ClaimsCommand implements Callable<Integer> {

  private static final int CLAIM = 1000;

  /** Events of 1 KiB, half of them due, over 1,000 subscriptions. */
  private static final String FILL =
      """
      insert into parked (delivery_id, tenant, subscription_id, event_id, event_time, event_type,
                          topic, kafka_partition, kafka_offset, logged_at, record_headers,
                          record_value, state, attempts, due_at, parked_at)
      select 'dlv_' || lpad(n::text, 32, '0'), 'default', 'wh_' || n % 1000,
             'evt_' || lpad(n::text, 32, '0'), now(), 'bench.event', 'anton.custom.events', 0, n,
             now(), :headers, :value, 'due', 1,
             now() + (n % 2000 - 1000) * interval '1 second', now()
        from generate_series(1, :rows) n
      """;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--rows", defaultValue = "1000000", description = "Parked (${DEFAULT-VALUE})")
  int rows;

  @Option(names = "--seconds", defaultValue = "20", description = "Of claiming (${DEFAULT-VALUE})")
  int seconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("anton-claims-");
    PostgresSettings settings =
        new PostgresSettings(
            folder, PostgresServer.sharedBinaries(), LoopbackPorts.free(), Durability.DURABLE);
    try (PostgresServer server = PostgresServer.start(settings)) {
      DatabaseAccess access = server.access(ServiceRole.DISPATCHER);
      try (SingleConnectionDataSource database =
          new SingleConnectionDataSource(
              access.jdbcUrl() + "?currentSchema=dispatcher",
              access.username(),
              access.password(),
              true)) {
        Flyway.configure().dataSource(database).defaultSchema("dispatcher").load().migrate();
        JdbcClient jdbc = JdbcClient.create(database);
        out.printf("· parking %,d deliveries%n", rows);
        out.flush();
        fill(jdbc);
        out.printf("%,.0f claims/s of due deliveries among %,d parked%n", claim(jdbc), rows);
        out.flush();
      }
    }
    return 0;
  }

  private void fill(JdbcClient jdbc) {
    EventRecord event =
        new EventRecord(
            "evt_1",
            "bench.event",
            "/bench",
            Instant.now(),
            null,
            Tenant.DEFAULT,
            null,
            null,
            null,
            ("\"" + "x".repeat(1022) + "\"").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    jdbc.sql(FILL)
        .param("headers", RecordHeaderBytes.write(CloudEventHeaders.toRecord("t", event).headers()))
        .param("value", event.data())
        .param("rows", rows)
        .update();
    jdbc.sql("vacuum analyze parked").update();
  }

  /** Claims per second; what is claimed is settled by a deletion, as deliveries that arrive are. */
  private double claim(JdbcClient jdbc) {
    ParkedRows parked = new ParkedRows(jdbc, "dsp_bench", Duration.ofSeconds(30));
    long claimed = 0;
    long claiming = 0;
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      List<ParkedRow> due = parked.claimDue(CLAIM);
      claiming += System.nanoTime() - start;
      if (due.isEmpty()) {
        break;
      }
      claimed += due.size();
      jdbc.sql("delete from parked where delivery_id = any(:ids)")
          .param("ids", due.stream().map(row -> row.delivery().id()).toArray(String[]::new))
          .update();
    }
    return claimed * 1e9 / claiming;
  }
}
