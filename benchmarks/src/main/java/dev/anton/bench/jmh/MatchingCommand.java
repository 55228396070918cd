package dev.anton.bench.jmh;

import dev.anton.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures matching with JMH. */
@Command(
    name = "matching",
    mixinStandardHelpOptions = true,
    description = "Finding an event's subscriptions among 100,000 (JMH).")
public final class MatchingCommand implements Callable<Integer> {

  /** What each benchmark is called in the table, and what it is to reach. */
  private static final Map<String, Goal> GOALS =
      Map.of(
          "noHit", new Goal("a type that nobody wants", "5 µs", "1 µs"),
          "oneHitBySubject", new Goal("the webhook of one job", "6 µs", "1.2 µs"),
          "perHitOfHundred", new Goal("each hit of a hundred", "1 µs", "0.2 µs"));

  private record Goal(String name, String floor, String aim) {}

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      defaultValue = "benchmarks/target/matching.json",
      description = "Where the figures go as JSON (${DEFAULT-VALUE})")
  Path json = Path.of("");

  @Override
  public Integer call() throws RunnerException, IOException {
    Report report = new Report();
    for (RunResult run :
        new Runner(new OptionsBuilder().include("MatchingBenchmark").build()).run()) {
      add(report, run.getPrimaryResult());
    }
    report.print(spec.commandLine().getOut());
    report.write(Path.of(System.getProperty("anton.checkout", "")).resolve(json));
    return 0;
  }

  private static void add(Report report, Result<?> result) {
    String label = result.getLabel();
    Goal goal = GOALS.getOrDefault(label, new Goal(label, "", ""));
    report.row(
        goal.name(),
        "%.4f ± %.4f µs".formatted(result.getScore() / 1_000, result.getScoreError() / 1_000),
        goal.floor(),
        goal.aim());
    report.number(label + "Nanos", result.getScore());
    report.number(label + "NanosError", result.getScoreError());
  }
}
