package dev.anton.bench.deliveries;

import dev.anton.bench.client.ClientMode;
import dev.anton.bench.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures deliveries on a stack of its own and takes it away afterwards. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    description =
        "How many webhooks leave in a second and how soon, beside a bare loop of the same HTTP"
            + " client against the same sink. Everything runs on this machine.")
public final class DeliveriesCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--endpoints", defaultValue = "100", description = "Receivers (${DEFAULT-VALUE})")
  int endpoints;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Length of the sustained run (${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--backlog",
      defaultValue = "1000000",
      description = "Events that wait when the drain begins (${DEFAULT-VALUE})")
  long backlog;

  @Option(
      names = "--heap",
      defaultValue = "256m",
      description = "The dispatcher's -Xmx (${DEFAULT-VALUE})")
  String heap = "";

  @Option(
      names = "--client",
      split = ",",
      defaultValue = "async,classic,jdk",
      description = "Clients for the bare loop; the first is compared with (${DEFAULT-VALUE})")
  List<ClientMode> clients = List.of();

  @Option(
      names = "--phases",
      split = ",",
      defaultValue = "client,sustained,latency,hang,backlog",
      description = "What to measure (${DEFAULT-VALUE})")
  List<String> phases = List.of();

  @Option(names = "--jvm", description = "Another argument for the dispatcher's JVM; repeatable")
  List<String> jvm = List.of();

  @Option(
      names = "--json",
      defaultValue = "benchmarks/target/deliveries.json",
      description = "Where the figures go as JSON (${DEFAULT-VALUE})")
  Path json = Path.of("");

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("anton.checkout", "")).toAbsolutePath();
    Path data = Files.createDirectories(home.resolve("benchmarks/target"));
    Report report = new Report();
    try (DeliveriesBench bench =
        new DeliveriesBench(
            home, Files.createTempDirectory(data, "stack-"), this, spec.commandLine().getOut())) {
      bench.run(report);
    }
    report.print(spec.commandLine().getOut());
    report.write(home.resolve(json));
    return 0;
  }
}
