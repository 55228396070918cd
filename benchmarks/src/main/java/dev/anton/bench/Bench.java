package dev.anton.bench;

import dev.anton.bench.deliveries.DeliveriesCommand;
import dev.anton.bench.executions.ExecutionsCommand;
import dev.anton.bench.jmh.MatchingCommand;
import dev.anton.dispatcher.parking.ClaimsCommand;
import dev.anton.dispatcher.reading.PlansCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What {@code ./anton bench} runs. */
@Command(
    name = "anton bench",
    description = "Measures Anton on this machine. Leave the machine alone meanwhile.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeliveriesCommand.class,
      ExecutionsCommand.class,
      MatchingCommand.class,
      ClaimsCommand.class,
      PlansCommand.class,
      HelpCommand.class
    })
public final class Bench {

  private Bench() {}

  /** Ends the JVM: 0 if it could be measured. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }
}
