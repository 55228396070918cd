package dev.anton.dispatcher.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets attempts that were started come to their end before the service stops. */
final class DispatcherDrain implements SmartLifecycle {

  /** Below what feeds the dispatcher: it stops after them. */
  private static final int PHASE = 500;

  private static final Logger log = LoggerFactory.getLogger(DispatcherDrain.class);

  /** An attempt ends within 15 s, and a shutdown has 20. */
  private static final Duration BOUND = Duration.ofSeconds(16);

  private final Dispatcher dispatcher;
  private volatile boolean running;

  DispatcherDrain(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void start() {
    dispatcher.start();
    running = true;
  }

  @Override
  public void stop() {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (dispatcher.inFlight() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000L);
    }
    dispatcher.stop();
    if (dispatcher.inFlight() > 0) {
      log.warn("{} attempts are cut off; they will be made again", dispatcher.inFlight());
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
