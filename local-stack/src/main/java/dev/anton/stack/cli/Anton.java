package dev.anton.stack.cli;

import dev.anton.stack.process.StartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line that {@code ./anton} hands over to. */
@Command(
    name = "anton",
    description = "Plans software projects, runs the plans and tells the world what happens.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      DownCommand.class,
      DemoCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "  test    Builds and tests everything, as mvn verify does.",
      "  bench   Measures on this machine; ./anton bench help says what.",
      "",
      "A first visit: ./anton up, and in another terminal ./anton demo."
    })
public final class Anton {

  private Anton() {}

  /** Ends the JVM: 0 if all went well, 1 if it did not, 2 if the command line is wrong. */
  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "dev/anton/stack/cli/logback.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Anton())
        .setExecutionExceptionHandler(Anton::fail)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    if (failure instanceof StartException sentence) {
      command.getErr().println("anton: " + sentence.getMessage());
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
