package dev.anton.executor.runner;

import dev.anton.executor.log.FileNodeLog;
import dev.anton.executor.schedule.Outcome;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt on a thread of its own. However it goes, its outcome is told exactly once: a runner
 * that ignores its interruption is given up after a while.
 */
public final class RunningAttempt {

  /** A runner has this long to end its processes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** An error goes into a row and an event; nobody reads more of it. */
  private static final int MAX_ERROR_CHARACTERS = 4_000;

  private static final Logger log = LoggerFactory.getLogger(RunningAttempt.class);

  private final Attempt attempt;
  private final NodeRunner runner;
  private final ScheduledExecutorService timer;
  private final Consumer<Outcome> onEnd;
  private final Thread thread;
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile @Nullable String stopReason;

  RunningAttempt(
      Attempt attempt, NodeRunner runner, ScheduledExecutorService timer, Consumer<Outcome> onEnd) {
    this.attempt = attempt;
    this.runner = runner;
    this.timer = timer;
    this.onEnd = onEnd;
    this.thread =
        Thread.ofVirtual()
            .name("node-" + attempt.executionId() + "-" + attempt.nodeId())
            .unstarted(this::run);
    // Libraries that look for services or resources by it find those of the runner's own jar.
    thread.setContextClassLoader(runner.getClass().getClassLoader());
  }

  public void start() {
    thread.start();
  }

  /** Ends the attempt, whatever it does; may be called more than once and from any thread. */
  public void stop(String reason) {
    if (stopping.compareAndSet(false, true)) {
      stopReason = reason;
      thread.interrupt();
      var _ = timer.schedule(this::giveUp, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    // Stands if not even what went wrong can be said: for want of memory, say.
    Outcome outcome = new Outcome.Failed("The node ended without a result", true);
    try {
      outcome = outcomeWithinTimeout();
    } finally {
      String stopped = stopReason;
      tell(stopped == null ? outcome : failed(stopped, true));
    }
  }

  private Outcome outcomeWithinTimeout() {
    Duration timeout = attempt.timeout();
    var alarm =
        timer.schedule(
            () -> stop("The node took longer than its timeout of " + readable(timeout)),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return outcome(runner.run(attempt));
    } catch (InterruptedException e) {
      return failed("The node was interrupted", true);
    } catch (Throwable e) {
      // Errors, too: a stack that overflows is the node's failure, and nobody else would tell.
      log.warn("Node {} of {} failed unexpectedly", attempt.nodeId(), attempt.executionId(), e);
      return failed(message(e), true);
    } finally {
      alarm.cancel(false);
      if (attempt.log() instanceof FileNodeLog file) {
        file.close();
      }
    }
  }

  private Outcome outcome(NodeResult result) throws Exception {
    return switch (result) {
      case NodeResult.Completed(var output) ->
          new Outcome.Completed(NodeOutputs.keep(output, attempt));
      case NodeResult.Failed(String error, boolean retryable) -> failed(error, retryable);
    };
  }

  private void giveUp() {
    if (!told.get()) {
      log.error(
          "The runner {} of node {} of {} ignores its interruption and is given up",
          attempt.node().runner(),
          attempt.nodeId(),
          attempt.executionId());
      String reason = stopReason;
      tell(failed(reason == null ? "The node was stopped" : reason, true));
    }
  }

  private void tell(Outcome outcome) {
    if (told.compareAndSet(false, true)) {
      onEnd.accept(outcome);
    }
  }

  private static Outcome failed(String error, boolean retryable) {
    // PostgreSQL takes no NUL in a text.
    String clean = error.replace('\0', '\uFFFD');
    return new Outcome.Failed(
        clean.length() > MAX_ERROR_CHARACTERS
            ? clean.substring(0, MAX_ERROR_CHARACTERS) + "…"
            : clean,
        retryable);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String readable(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
