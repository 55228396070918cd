package dev.anton.stack.cli;

import dev.anton.stack.state.DataFolder;
import dev.anton.stack.state.Leftovers;
import dev.anton.stack.state.StackState;
import dev.anton.stack.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints what runs where. Exit code 0 if all is ready, else 1.")
final class StatusCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin DataFolderOption data = new DataFolderOption();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine().getOut());
    DataFolder folder = data.value();
    Optional<StackState> state = folder.read();
    if (!folder.isLocked()) {
      boolean leftovers = state.isPresent() && Leftovers.exist(state.get());
      terminal.line(
          (leftovers
                  ? "Anton's launcher on %s was killed and left processes behind; ./anton down or"
                      + " the next ./anton up stops them."
                  : "Anton is not running on %s; ./anton up starts it.")
              .formatted(folder.path()));
      return 1;
    }
    if (state.isEmpty()) {
      terminal.line("Anton is just starting on %s.".formatted(folder.path()));
      return 1;
    }
    terminal.line(
        "Anton runs on %s (launcher pid %d)"
            .formatted(folder.path(), state.get().launcher().pid()));
    new StackTable(terminal).print(state.get());
    boolean up = state.get().processes().stream().allMatch(StackTable::isUp);
    return state.get().ready() && up ? 0 : 1;
  }
}
