package dev.anton.stack.cli;

import dev.anton.stack.process.Pause;
import dev.anton.stack.process.StartException;
import dev.anton.stack.process.StopSignal;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.state.Leftovers;
import dev.anton.stack.state.StackState;
import dev.anton.stack.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops what runs. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops everything; the data stays.")
final class DownCommand implements Callable<Integer> {

  /** The launcher's own bounds for services, Kafka and PostgreSQL, one after the other. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin DataFolderOption data = new DataFolderOption();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine().getOut());
    DataFolder folder = data.value();
    Optional<StackState> state = folder.read();
    if (folder.isLocked()) {
      stopLauncher(folder, state, terminal);
      return 0;
    }
    List<String> stopped = state.map(Leftovers::stop).orElse(List.of());
    folder.forgetState();
    terminal.line(
        stopped.isEmpty()
            ? "Anton is not running on %s.".formatted(folder.path())
            : "Stopped what a killed launcher had left running: " + String.join(", ", stopped));
    return 0;
  }

  private static void stopLauncher(
      DataFolder folder, Optional<StackState> state, Terminal terminal) {
    ProcessHandle launcher =
        state
            .flatMap(running -> running.launcher().running())
            .orElseThrow(
                () -> new StartException("Anton is just starting; try again in a moment."));
    terminal.line("Stopping: services, then Kafka, then PostgreSQL");
    StopSignal.TERM.send(launcher);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (folder.isLocked()) {
      if (System.nanoTime() > deadline) {
        throw new StartException(
            "Anton's launcher (pid %d) does not stop; end it with kill -9 and run ./anton down again."
                .formatted(launcher.pid()));
      }
      Pause.of(Duration.ofMillis(100));
    }
    terminal.line("Stopped; the data stays.");
  }
}
