package dev.anton.dispatcher.parking;

import dev.anton.bench.postgres.DispatcherDatabase;
import dev.anton.bench.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** What {@code anton.dispatcher.parking.claim} is unless it is set. */
  private static final int CLAIM = 1000;

  private static final String FLOOR = "5,000";
  private static final String AIM = "15,000";

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--rows", defaultValue = "1000000", description = "Parked (${DEFAULT-VALUE})")
  int rows;

  @Option(
      names = "--tenants",
      defaultValue = "10",
      description = "To which they belong (${DEFAULT-VALUE})")
  int tenants;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Of claiming, for each figure (${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--json",
      defaultValue = "benchmarks/target/claims.json",
      description = "Where the figures go as JSON (${DEFAULT-VALUE})")
  Path json = Path.of("");

  /**
   * @param claimed rows
   * @param claiming time spent in claims, reading the rows into deliveries included
   * @param wall time of all, settling included
   */
  private record Claimed(long claimed, Duration claiming, Duration wall) {

    double perSecond() {
      return claimed * 1e9 / Math.max(1, claiming.toNanos());
    }

    double settledPerSecond() {
      return claimed * 1e9 / Math.max(1, wall.toNanos());
    }
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Report report = new Report();
    report.number("rows", rows);
    report.number("tenants", tenants);
    try (DispatcherDatabase database = DispatcherDatabase.start()) {
      try (SingleConnectionDataSource connection = database.connect()) {
        out.printf("· parking %,d deliveries%n", rows);
        out.flush();
        ParkedFill.into(JdbcClient.create(connection), rows, tenants);
      }
      measure(report, out, database, 1);
      measure(report, out, database, 2);
    }
    report.print(out);
    report.write(Path.of(System.getProperty("anton.checkout", "")).resolve(json));
    return 0;
  }

  private void measure(Report report, PrintWriter out, DispatcherDatabase database, int replicas)
      throws Exception {
    out.printf("· claiming with %d for %d s%n", replicas, seconds);
    out.flush();
    List<Claimed> all = claim(database, replicas);
    double claims = all.stream().mapToDouble(Claimed::perSecond).sum();
    double settled = all.stream().mapToDouble(Claimed::settledPerSecond).sum();
    String who = replicas == 1 ? "one replica" : "two replicas at a time";
    report.row("claims of due rows, " + who, "%,.0f/s".formatted(claims), FLOOR, AIM);
    report.row("claimed and settled, " + who, "%,.0f/s".formatted(settled));
    report.number("claimsPerSecond" + replicas, claims);
    report.number("claimedAndSettledPerSecond" + replicas, settled);
    report.number("claimed" + replicas, all.stream().mapToLong(Claimed::claimed).sum());
  }

  private List<Claimed> claim(DispatcherDatabase database, int replicas) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(replicas)) {
      List<Future<Claimed>> running = new ArrayList<>();
      for (int i = 0; i < replicas; i++) {
        String owner = "dsp_" + i;
        running.add(executor.submit(() -> claim(database, owner)));
      }
      List<Claimed> results = new ArrayList<>();
      for (Future<Claimed> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }

  /** What is claimed is settled by a deletion, as deliveries that arrive are. */
  private Claimed claim(DispatcherDatabase database, String owner) {
    try (SingleConnectionDataSource connection = database.connect()) {
      JdbcClient jdbc = JdbcClient.create(connection);
      ParkedRows parked = new ParkedRows(jdbc, owner, Duration.ofMinutes(10));
      long claimed = 0;
      long claiming = 0;
      long start = System.nanoTime();
      long end = start + Duration.ofSeconds(seconds).toNanos();
      while (System.nanoTime() < end) {
        long before = System.nanoTime();
        List<ParkedRow> due = parked.claimDue(CLAIM);
        claiming += System.nanoTime() - before;
        if (due.isEmpty()) {
          break;
        }
        claimed += due.size();
        jdbc.sql("delete from parked where delivery_id = any(:ids)")
            .param("ids", due.stream().map(row -> row.delivery().id()).toArray(String[]::new))
            .update();
      }
      return new Claimed(
          claimed, Duration.ofNanos(claiming), Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
