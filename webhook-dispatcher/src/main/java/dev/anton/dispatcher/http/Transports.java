package dev.anton.dispatcher.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport in use, and its replacement when one of its event loops has died. Exchanges of the
 * dead loop fail with it; those of its other loops have their deadline's time to end, then their
 * connections are closed.
 */
final class Transports implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Transports.class);

  private final Pauses pauses;
  private final Function<Consumer<Transport>, Transport> factory;
  private final Set<Transport> retiring = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object lock = new Object();
  private volatile Transport current;
  private volatile boolean broken;
  private volatile long replacements;
  private long lastTried;

  /**
   * How long it waits.
   *
   * @param retirement of a replaced transport, until its connections are closed
   * @param replacement between two of them: whatever kills loops as fast as they are made must not
   *     keep the machine busy with making them
   */
  record Pauses(Duration retirement, Duration replacement) {}

  /**
   * Starts the first transport.
   *
   * @param factory makes a transport that tells what it is given when one of its loops has died
   */
  Transports(Pauses pauses, Function<Consumer<Transport>, Transport> factory) {
    this.pauses = pauses;
    this.factory = factory;
    this.lastTried = System.nanoTime() - pauses.replacement().toNanos();
    synchronized (lock) {
      this.current = factory.apply(this::died);
    }
  }

  void execute(WebhookRequest request, Exchange exchange) {
    current.execute(request, exchange);
  }

  int openConnections() {
    int open = current.openConnections();
    for (Transport old : retiring) {
      open += old.openConnections();
    }
    return open;
  }

  long replacements() {
    return replacements;
  }

  boolean isBroken() {
    return broken;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed.countDown();
    }
    current.close();
    retiring.forEach(Transport::close);
  }

  /** Called by the dying loop's thread, and by those that are shut down in consequence. */
  private void died(Transport transport) {
    synchronized (lock) {
      if (transport != current || broken || isClosed()) {
        return;
      }
      broken = true;
    }
    Thread.ofPlatform().name("dispatcher-http-renewal").daemon().start(() -> renew(transport));
  }

  private void renew(Transport old) {
    while (!isClosedWithin(lastTried + pauses.replacement().toNanos() - System.nanoTime())) {
      lastTried = System.nanoTime();
      try {
        Transport next = factory.apply(this::died);
        if (isTaken(next, old)) {
          log.error("An event loop of the HTTP client died; all connections are made anew");
          retire(old);
          return;
        }
        next.close();
        if (next.isBroken()) {
          log.error("The HTTP client's replacement died as it started; tried again in a while");
        }
      } catch (RuntimeException | OutOfMemoryError e) { // no descriptors, or no thread
        log.error("The HTTP client could not be replaced; tried again in a while", e);
      }
    }
  }

  /**
   * Puts the next one in the old one's place. Loops of the next may die before it is in use: nobody
   * minds their word of it then, so that it is asked.
   */
  private boolean isTaken(Transport next, Transport old) {
    synchronized (lock) {
      if (isClosed() || next.isBroken()) {
        return false;
      }
      retiring.add(old);
      current = next;
      replacements++;
      broken = false;
      return true;
    }
  }

  private void retire(Transport old) {
    isClosedWithin(pauses.retirement().toNanos());
    old.close();
    retiring.remove(old);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private boolean isClosedWithin(long nanos) {
    try {
      return closed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
