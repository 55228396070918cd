package dev.anton.stack.cli;

import dev.anton.stack.StackListener;
import dev.anton.stack.supervision.Status;
import dev.anton.stack.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/** Tells what starts and stops, a line for each, and in a terminal what is waited for. */
final class StartProgress implements StackListener {

  private static final Duration FRAME = Duration.ofMillis(200);

  private final Terminal terminal;
  private final Path data;
  private final long begun = System.nanoTime();
  private final Collection<String> awaited = new ConcurrentSkipListSet<>();
  private volatile boolean started;

  StartProgress(Terminal terminal, Path data) {
    this.terminal = terminal;
    this.data = data;
  }

  @Override
  public void accepted() {
    terminal.line("Anton starts; its data is in " + data);
  }

  @Override
  public void leftoversStopped(List<String> names) {
    terminal.line(
        "  Stopped what a killed launcher had left running: %s"
            .formatted(String.join(", ", names)));
  }

  @Override
  public void changed(Status status) {
    switch (status.condition()) {
      case STARTING -> awaited.add(status.name());
      case READY -> {
        awaited.remove(status.name());
        if (!started) {
          terminal.line(
              "  %s %-20s ready after %s"
                  .formatted(
                      terminal.good("✓"),
                      status.name(),
                      Terminal.seconds(status.readyAfter().toMillis())));
        }
      }
      case RESTARTING -> {} // the supervisor's log says it
      case STOPPED -> {
        awaited.remove(status.name());
        terminal.line("  %s %s stopped".formatted(terminal.faint("·"), status.name()));
      }
    }
  }

  /** From now on only what stops is told. */
  void allStarted() {
    started = true;
  }

  long millis() {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }

  /** Shows in a terminal that time goes on. */
  Thread animate() {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (terminal.isInteractive() && !started && !Thread.interrupted()) {
                if (!awaited.isEmpty()) {
                  terminal.passing(
                      "  … waiting for %s (%s)"
                          .formatted(String.join(", ", awaited), Terminal.seconds(millis())));
                }
                try {
                  Thread.sleep(FRAME);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
  }
}
