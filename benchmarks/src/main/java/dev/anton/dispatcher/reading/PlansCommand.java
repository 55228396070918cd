package dev.anton.dispatcher.reading;

import dev.anton.bench.postgres.DispatcherDatabase;
import dev.anton.bench.postgres.ExplainingDataSource;
import dev.anton.bench.postgres.QueryPlan;
import dev.anton.schemas.json.WireJson;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Explains every query of the API's lists on a journal of ten million deliveries. */
@Command(
    name = "plans",
    mixinStandardHelpOptions = true,
    description = "How PostgreSQL finds what the API lists, among 10,000,000 deliveries.")
public final class PlansCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--deliveries",
      defaultValue = "10000000",
      description = "In the journal (${DEFAULT-VALUE})")
  int deliveries;

  @Option(
      names = "--days",
      defaultValue = "30",
      description = "Over which they are spread (${DEFAULT-VALUE})")
  int days;

  @Option(names = "--explain", description = "Print the plans, too")
  boolean explain;

  @Option(
      names = "--json",
      defaultValue = "benchmarks/target/plans.json",
      description = "Where the figures go as JSON; the plans go beside it (${DEFAULT-VALUE})")
  Path json = Path.of("");

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JournalFill fill =
        new JournalFill(
            LocalDate.now(ZoneOffset.UTC).minusDays(days - 1L), deliveries / days / 4 * 2);
    try (DispatcherDatabase database = DispatcherDatabase.start()) {
      out.printf("· writing %,d deliveries of %d days%n", deliveries, days);
      out.flush();
      fill(database, fill);
      try (SingleConnectionDataSource connection = database.connect()) {
        TableSizes sizes = new TableSizes(JdbcClient.create(connection));
        ExplainingDataSource explaining = new ExplainingDataSource(connection);
        JdbcClient jdbc = JdbcClient.create(explaining);
        explaining.takePlans();
        List<Explained> all = new ArrayList<>();
        for (JournalQueries.Query query : new JournalQueries(jdbc, fill, days).all()) {
          query.run().run();
          List<QueryPlan> first = explaining.takePlans();
          query.run().run();
          List<QueryPlan> again = explaining.takePlans();
          for (int i = 0; i < first.size(); i++) {
            all.add(new Explained(query.name(), first.get(i), again.get(i)));
          }
        }
        print(out, all, sizes);
        write(all, sizes);
      }
    }
    return 0;
  }

  /**
   * @param first as it ran when nothing of it was cached by PostgreSQL, but for what earlier
   *     queries left there
   */
  private record Explained(String name, QueryPlan first, QueryPlan again) {}

  private void fill(DispatcherDatabase database, JournalFill fill) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      List<Future<?>> running = new ArrayList<>();
      for (int half = 0; half < 2; half++) {
        int from = half;
        running.add(executor.submit(() -> fillEverySecond(database, fill, from)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    try (SingleConnectionDataSource connection = database.connect()) {
      JdbcClient jdbc = JdbcClient.create(connection);
      for (int day = 0; day < days; day++) {
        fill.attach(jdbc, day);
      }
      for (String table : List.of("events", "deliveries", "attempts")) {
        jdbc.sql("analyze " + table).update();
      }
    }
  }

  private void fillEverySecond(DispatcherDatabase database, JournalFill fill, int from) {
    try (SingleConnectionDataSource connection = database.connect()) {
      JdbcClient jdbc = JdbcClient.create(connection);
      for (int day = from; day < days; day += 2) {
        fill.day(jdbc, day);
      }
    }
  }

  private void print(PrintWriter out, List<Explained> all, TableSizes sizes) {
    if (explain) {
      all.forEach(it -> out.printf("%n## %s%n%s%n%s", it.name, it.again.sql(), it.again.text()));
    }
    out.println("| list | scans | first time | again | planning | pages | read in vain |");
    out.println("|---|---|---|---|---|---|---|");
    for (Explained it : all) {
      out.printf(
          "| %s | %s | %.1f ms | %.1f ms | %.1f ms | %,d | %,d |%n",
          it.name,
          String.join(", ", it.again.scanned(sizes.parents())),
          it.first.executionMillis(),
          it.again.executionMillis(),
          it.again.planningMillis(),
          it.again.pages(),
          it.again.readInVain());
    }
    out.println();
    out.println("| table or index | size | of a row |");
    out.println("|---|---|---|");
    sizes
        .all()
        .forEach(
            it ->
                out.printf("| %s | %,d MiB | %d B |%n", it.name(), it.bytes() >> 20, it.ofARow()));
    out.flush();
  }

  private void write(List<Explained> all, TableSizes sizes) throws Exception {
    Path file = Path.of(System.getProperty("anton.checkout", "")).resolve(json).toAbsolutePath();
    Files.createDirectories(file.getParent());
    List<Map<String, Object>> queries = new ArrayList<>();
    for (Explained it : all) {
      Map<String, Object> query = new LinkedHashMap<>();
      query.put("name", it.name);
      query.put("scans", it.again.scanned(sizes.parents()));
      query.put("firstMillis", it.first.executionMillis());
      query.put("againMillis", it.again.executionMillis());
      query.put("planningMillis", it.again.planningMillis());
      query.put("pages", it.again.pages());
      query.put("readInVain", it.again.readInVain());
      queries.add(query);
    }
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("deliveries", deliveries);
    numbers.put("days", days);
    numbers.put("queries", queries);
    numbers.put("sizes", sizes.all());
    Files.writeString(
        file, WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(numbers));
    Files.writeString(
        file.resolveSibling("plans.txt"),
        all.stream()
            .map(it -> "## " + it.name + "\n" + it.again.sql() + "\n" + it.again.text())
            .collect(Collectors.joining("\n")));
  }
}
