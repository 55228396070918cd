package dev.anton.stack.cli;

import dev.anton.stack.Ports;
import dev.anton.stack.StackOptions;
import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.Jdk;
import dev.anton.stack.process.LogRotation;
import dev.anton.stack.process.Pause;
import dev.anton.stack.process.StopSignal;
import dev.anton.stack.state.StackState;
import dev.anton.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code up} in a process that outlives this one, and shows what it says until it is ready.
 */
final class BackgroundLauncher {

  /** Tells the other process that it is the one in the background. */
  static final String MARK = "--in-background";

  static final String DISPATCHERS = "--dispatchers";
  static final String EXECUTORS = "--executors";

  private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);

  private final Terminal terminal;
  private final StackOptions options;

  BackgroundLauncher(Terminal terminal, StackOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  int start() throws IOException {
    Path log = options.data().logs().resolve("up.log");
    Files.createDirectories(log.getParent());
    LogRotation.rotate(log, 0);
    ChildProcess launcher =
        ChildProcess.start(new ChildProcess.Command(commandLine(), Map.of(), log));
    Thread interrupted =
        new Thread(() -> launcher.stop(StopSignal.TERM, STOP_PATIENCE), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    LogFollower output = new LogFollower(log, 0);
    while (launcher.isAlive() && !isReady(launcher)) {
      output.newLines().forEach(terminal::line);
      Pause.of(Duration.ofMillis(100));
    }
    awaitLastLine(launcher, output);
    if (!launcher.isAlive()) {
      return 1;
    }
    Runtime.getRuntime().removeShutdownHook(interrupted);
    return 0;
  }

  private List<String> commandLine() {
    Ports ports = options.ports();
    return List.of(
        Jdk.java(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-Danton.checkout=" + options.home(),
        "-cp",
        Jdk.classPath(),
        Anton.class.getName(),
        "up",
        MARK,
        "--data-dir=" + options.data().path(),
        DISPATCHERS + "=" + options.dispatchers(),
        EXECUTORS + "=" + options.executors(),
        "--gateway-port=" + ports.gateway(),
        "--planner-port=" + ports.planner(),
        "--executor-port=" + ports.executor(),
        "--dispatcher-port=" + ports.dispatcher(),
        "--postgres-port=" + ports.postgres(),
        "--kafka-port=" + ports.kafka());
  }

  private boolean isReady(ChildProcess launcher) {
    return options
        .data()
        .read()
        .filter(StackState::ready)
        .filter(state -> state.launcher().pid() == launcher.pid())
        .isPresent();
  }

  /** The table follows the moment of readiness. */
  private void awaitLastLine(ChildProcess launcher, LogFollower output) {
    boolean last = false;
    for (int i = 0; i < 20 && !last; i++) {
      for (String line : output.newLines()) {
        terminal.line(line);
        last |= line.startsWith("Next:");
      }
      if (!launcher.isAlive()) {
        return;
      }
      Pause.of(Duration.ofMillis(100));
    }
  }
}
