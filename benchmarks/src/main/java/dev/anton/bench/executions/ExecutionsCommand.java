package dev.anton.bench.executions;

import dev.anton.bench.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures executions on a stack of its own and takes it away afterwards. */
@Command(
    name = "executions",
    mixinStandardHelpOptions = true,
    description =
        "How many plans are run in a second and how soon, from the HTTP request to the events on"
            + " the broker. Everything runs on this machine.")
public final class ExecutionsCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Length of the sustained run (${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--ahead",
      defaultValue = "128",
      description = "Executions under way in the sustained run (${DEFAULT-VALUE})")
  int ahead;

  @Option(
      names = "--phases",
      split = ",",
      defaultValue = "sustained,idle,wide,backoff",
      description =
          "What to measure: sustained, idle, wide, backoff, takeover (with two executors);"
              + " ${DEFAULT-VALUE}")
  List<String> phases = List.of();

  @Option(names = "--jvm", description = "Another argument for the executor's JVM; repeatable")
  List<String> jvm = List.of();

  @Option(
      names = "--json",
      defaultValue = "benchmarks/target/executions.json",
      description = "Where the figures go as JSON (${DEFAULT-VALUE})")
  Path json = Path.of("");

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("anton.checkout", "")).toAbsolutePath();
    Path data = Files.createDirectories(home.resolve("benchmarks/target"));
    Report report = new Report();
    try (ExecutionsBench bench =
        new ExecutionsBench(
            home, Files.createTempDirectory(data, "stack-"), this, spec.commandLine().getOut())) {
      bench.run(report);
    }
    report.print(spec.commandLine().getOut());
    report.write(home.resolve(json));
    return 0;
  }
}
