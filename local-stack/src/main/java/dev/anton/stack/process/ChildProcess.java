package dev.anton.stack.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of our own, in a session and process group of its own: a Ctrl-C in our terminal reaches
 * us and not it, so that we decide in which order things stop. Its output is appended to its log.
 */
public final class ChildProcess {

  /** What to run, where, and where its output goes. */
  public record Command(List<String> line, Map<String, String> environment, Path log) {

    public Command {
      line = List.copyOf(line);
      environment = Map.copyOf(environment);
    }
  }

  /** The kernel may still be writing out its pages. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it; the environment given is added to ours.
   *
   * @throws IOException if the program cannot be run at all
   */
  public static ChildProcess start(Command command) throws IOException {
    Files.createDirectories(command.log().toAbsolutePath().getParent());
    List<String> line = new ArrayList<>(OwnSession.PREFIX);
    line.addAll(command.line());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    builder.environment().putAll(command.environment());
    return new ChildProcess(builder.start(), command.log());
  }

  public long pid() {
    return process.pid();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code when the process has ended. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Asks it to stop and waits; what is still there after the grace time is killed, with all it
   * started. Returns whether it stopped by itself.
   */
  public boolean stop(StopSignal signal, Duration grace) {
    boolean stopped = signal.send(process.toHandle()) && ended(grace);
    if (!stopped) {
      kill();
    }
    return stopped;
  }

  /**
   * Ends it and all it started at once, as {@code kill -9} does, and waits until they are gone: a
   * child that is left for a moment may still hold what the next start needs.
   */
  public void kill() {
    List<ProcessHandle> family;
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      family = descendants.toList();
    }
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    if (ended(KILL_PATIENCE)) {
      CompletableFuture.allOf(
              family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .completeOnTimeout(null, KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }
  }

  private boolean ended(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
