package dev.anton.stack.cli;

import dev.anton.stack.demo.Demo;
import dev.anton.stack.process.StartException;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.state.StackState;
import dev.anton.stack.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Parameters(
      arity = "0..1",
      paramLabel = "<prompt>",
      defaultValue = "Build a REST API for a todo list in Python",
      description = "What to build (\"${DEFAULT-VALUE}\").")
  String prompt = "";

  @Option(
      names = "--patience",
      paramLabel = "<seconds>",
      defaultValue = "300",
      description = "How long it may take in all (${DEFAULT-VALUE}).")
  int patience;

  @Override
  public Integer call() throws IOException, InterruptedException {
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
    Demo demo = new Demo(state.gatewayUrl(), terminal, Duration.ofSeconds(patience));
    boolean allWell = demo.run(prompt);
    terminal.line(allWell ? terminal.good("All went well.") : terminal.bad("Not all went well."));
    return allWell ? 0 : 1;
  }
}
