package dev.anton.stack.supervision;

import dev.anton.stack.process.ServerProcess;
import dev.anton.stack.process.StartException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one component until it is stopped: whenever its process ends by itself, starts it again
 * after a pause. Only the very first start may fail for good.
 */
public final class Supervisor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

  private final Component component;
  private final Backoff backoff;
  private final Consumer<Status> listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ReentrantLock closing = new ReentrantLock();

  private @Nullable ServerProcess server;
  private boolean stopping;
  private long launchedAt;
  private Status status;

  /** The listener hears every change, on the thread that made it. */
  public Supervisor(Component component, Backoff backoff, Consumer<Status> listener) {
    this.component = component;
    this.backoff = backoff;
    this.listener = listener;
    this.status = new Status(component.name(), Condition.STARTING, 0, 0, Duration.ZERO);
  }

  /**
   * Starts the component, returns when it is ready, and watches it from then on.
   *
   * @throws StartException if it cannot be started, or was stopped meanwhile
   */
  public void start() {
    launch(Condition.STARTING, 0).awaitReady();
    report(Condition.READY, status.restarts(), uptime());
    Thread.ofVirtual().name("watch-" + component.name()).start(this::watch);
  }

  public synchronized Status status() {
    return status;
  }

  /**
   * Stops the process and does not start it again. Safe at any time, from any thread: whoever comes
   * second waits for the first.
   */
  @Override
  public void close() {
    closing.lock();
    try {
      ServerProcess last;
      synchronized (this) {
        if (status.condition() == Condition.STOPPED) {
          return;
        }
        stopping = true;
        last = server;
      }
      stopped.countDown();
      if (last != null) {
        last.close();
      }
      report(Condition.STOPPED, status.restarts(), status.readyAfter());
    } finally {
      closing.unlock();
    }
  }

  private void watch() {
    Duration pause = Duration.ZERO;
    int restarts = 0;
    while (true) {
      awaitEnd();
      if (isStopping()) {
        return;
      }
      restarts++;
      pause = backoff.next(pause, uptime());
      report(Condition.RESTARTING, restarts, status.readyAfter());
      log.warn("{} ended; starting it again in {} s", component.name(), pause.toMillis() / 1000.0);
      if (stoppedWithin(pause)) {
        return;
      }
      try {
        awaitReadyAgain(launch(Condition.RESTARTING, restarts), restarts);
      } catch (StartException e) {
        if (!isStopping()) {
          log.warn("{} could not be started again: {}", component.name(), e.getMessage());
        }
      }
    }
  }

  /**
   * A server that is slow to get ready again, its database away perhaps, is left to go on trying.
   */
  private void awaitReadyAgain(ServerProcess launched, int restarts) {
    while (true) {
      try {
        launched.awaitReady();
        report(Condition.READY, restarts, uptime());
        log.info("{} is ready again", component.name());
        return;
      } catch (StartException e) {
        if (!launched.process().isAlive()) {
          throw e;
        }
      }
    }
  }

  private ServerProcess launch(Condition condition, int restarts) {
    ServerProcess launched;
    synchronized (this) { // so that close() sees every process that was launched
      if (stopping) {
        throw new StartException(component.name() + " was stopped.");
      }
      launchedAt = System.nanoTime();
      launched = component.launcher().get();
      server = launched;
    }
    report(condition, restarts, Duration.ZERO);
    return launched;
  }

  private void awaitEnd() {
    ServerProcess current;
    synchronized (this) {
      current = server;
    }
    if (current != null) {
      current.process().onExit().join();
    }
  }

  private void report(Condition condition, int restarts, Duration readyAfter) {
    Status changed;
    synchronized (this) {
      if (stopping && condition != Condition.STOPPED) {
        return;
      }
      long pid = server == null ? 0 : server.process().pid();
      changed = new Status(component.name(), condition, pid, restarts, readyAfter);
      status = changed;
    }
    listener.accept(changed);
  }

  private synchronized Duration uptime() {
    return Duration.ofNanos(System.nanoTime() - launchedAt);
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private boolean stoppedWithin(Duration pause) {
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
