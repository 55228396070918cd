package dev.anton.stack.cli;

import dev.anton.stack.state.ProcessIdentity;
import dev.anton.stack.state.ProcessState;
import dev.anton.stack.state.StackState;
import dev.anton.stack.supervision.Condition;
import dev.anton.stack.terminal.Terminal;
import java.util.Locale;

/** What runs where, a line for each component. */
final class StackTable {

  private static final String ROW = "  %-20s %-24s %-11s %7s  %s";

  private final Terminal terminal;

  StackTable(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(StackState state) {
    terminal.line("");
    terminal.line(terminal.strong(ROW.formatted("name", "address", "state", "pid", "ready after")));
    for (ProcessState process : state.processes()) {
      String row =
          ROW.formatted(
              process.name(), process.address(), condition(process), pid(process), ready(process));
      terminal.line(isUp(process) ? row : terminal.bad(row));
    }
    terminal.line("");
  }

  static boolean isUp(ProcessState process) {
    return process.condition() == Condition.READY && isAlive(process);
  }

  private static boolean isAlive(ProcessState process) {
    ProcessIdentity identity = process.identity();
    return identity != null && identity.running().isPresent();
  }

  private static String condition(ProcessState process) {
    return process.condition() == Condition.READY && !isAlive(process)
        ? "dead"
        : process.condition().name().toLowerCase(Locale.ROOT);
  }

  private static String pid(ProcessState process) {
    ProcessIdentity identity = process.identity();
    return identity == null ? "-" : Long.toString(identity.pid());
  }

  private static String ready(ProcessState process) {
    String after = process.readyMillis() == 0 ? "-" : Terminal.seconds(process.readyMillis());
    return process.restarts() == 0
        ? after
        : "%s, started again %d×".formatted(after, process.restarts());
  }
}
