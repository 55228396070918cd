package dev.anton.stack.cli;

import dev.anton.stack.demo.Demo;
import dev.anton.stack.process.StartException;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.state.StackState;
import dev.anton.stack.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the main job. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "A prompt becomes a project, a job runs a plugin; prints each webhook as it arrives. Exit"
            + " code 0 if all went well.")
final class DemoCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin DataFolderOption data = new DataFolderOption();

  /** Each kind once, each stack at least once. */
  static final List<String> EVERY_KIND =
      List.of(
          "Build a REST API for a library with books and members who borrow books, in Python with"
              + " SQLite storage and API keys",
          "A command line tool in Node that tracks expenses",
          "A Java library for money amounts",
          "A static site in Node for my bakery with a menu and opening hours",
          "An ETL in Java that cleans a CSV of orders");

  @Parameters(
      arity = "0..*",
      paramLabel = "<prompt>",
      defaultValue = "Build a REST API for a todo list in Python",
      description = "What to build, one project for each prompt (\"${DEFAULT-VALUE}\").")
  List<String> prompts = List.of();

  @Option(
      names = "--every-kind",
      description =
          "Build a REST API, a command-line tool, a library, a static site and a data pipeline, in"
              + " Python, Node.js and Java.")
  boolean everyKind;

  @Option(
      names = "--patience",
      paramLabel = "<seconds>",
      defaultValue = "300",
      description = "How long it may take for each prompt (${DEFAULT-VALUE}).")
  int patience;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (everyKind && spec.commandLine().getParseResult().hasMatchedPositional(0)) {
      throw new ParameterException(
          spec.commandLine(), "--every-kind has prompts of its own; name either it or prompts");
    }
    Terminal terminal = Terminal.of(spec.commandLine().getOut());
    DataFolder folder = data.value();
    StackState state =
        folder
            .read()
            .filter(known -> folder.isLocked() && known.ready())
            .orElseThrow(
                () ->
                    new StartException(
                        "Anton is not running on %s; start it with ./anton up in another terminal, or with ./anton up --detach."
                            .formatted(folder.path())));
    List<String> wanted = everyKind ? EVERY_KIND : prompts;
    Duration inAll = Duration.ofSeconds(patience).multipliedBy(wanted.size());
    boolean allWell = new Demo(state.gatewayUrl(), terminal, inAll).run(wanted);
    terminal.line(allWell ? terminal.good("All went well.") : terminal.bad("Not all went well."));
    return allWell ? 0 : 1;
  }
}
