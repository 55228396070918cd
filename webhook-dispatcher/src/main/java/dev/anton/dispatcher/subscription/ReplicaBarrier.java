package dev.anton.dispatcher.subscription;

import dev.anton.api.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Waits until every other replica matches by what was committed, or has been struck off and matches
 * nothing until it has read it. However many wait, one thread asks, and only while somebody waits.
 * Fails closed: no answer tells of success before that.
 */
@Component
class ReplicaBarrier {

  /** Longer than a lease, so that it ends in time only when the database is away. */
  private static final Duration LONGEST = ReplicaRegister.LEASE.plusSeconds(2);

  /** Between two questions while somebody waits; reading a change takes others about as long. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final ReplicaRegister register;
  private final ChangeAnnouncements announcements;
  private final String self;
  private final Timer timer;
  private final Queue<Waiting> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();

  ReplicaBarrier(
      ReplicaRegister register,
      ChangeAnnouncements announcements,
      ReplicaIdentity self,
      MeterRegistry meters) {
    this.register = register;
    this.announcements = announcements;
    this.self = self.id();
    this.timer =
        Timer.builder("anton.subscriptions.wait")
            .description("Until every replica had applied a change")
            .register(meters);
  }

  /**
   * Announces what this thread committed before, and returns when it is matched everywhere.
   *
   * @throws ProblemException 503 if that cannot be told; the change is stored all the same
   */
  void await() {
    long began = System.nanoTime();
    Waiting waiting = new Waiting();
    arrivals.add(waiting);
    ask();
    try {
      waiting.seen.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notYet();
    } catch (ExecutionException | TimeoutException _) {
      throw notYet();
    } finally {
      waiting.seen.cancel(false);
      timer.record(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private void ask() {
    if (asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("replica-barrier").start(this::run);
    }
  }

  private void run() {
    List<Waiting> open = new ArrayList<>();
    try {
      do {
        step(open);
        if (!open.isEmpty()) {
          Thread.sleep(PAUSE);
        }
      } while (!open.isEmpty() || !arrivals.isEmpty());
    } catch (InterruptedException | RuntimeException e) {
      // The next to come asks anew; whoever waits now is told that it cannot be told.
      open.forEach(waiting -> waiting.seen.completeExceptionally(e));
    } finally {
      asking.set(false);
    }
    if (!arrivals.isEmpty()) { // came after the last look
      ask();
    }
  }

  private void step(List<Waiting> open) {
    List<Waiting> fresh = new ArrayList<>();
    for (Waiting next = arrivals.poll(); next != null; next = arrivals.poll()) {
      fresh.add(next);
    }
    open.addAll(fresh);
    if (!fresh.isEmpty()) {
      long committedBefore = register.nextRound();
      fresh.forEach(waiting -> waiting.round = committedBefore);
      // Not before: a round that was woken too early has a lower number and would not count.
      announcements.announce();
    }
    long applied = register.appliedByAllBut(self);
    for (Waiting waiting : open) {
      if (waiting.round < applied) {
        waiting.seen.complete(null);
      }
    }
    open.removeIf(waiting -> waiting.seen.isDone());
  }

  private static ProblemException notYet() {
    return ProblemException.unavailable(
        "not-everywhere-yet",
        "The change is stored, but not every dispatcher has confirmed it yet; events published"
            + " now may miss it. Read the webhook again in a few seconds");
  }

  /** One that waits; its round is written and read by the asking thread only. */
  private static final class Waiting {

    private final CompletableFuture<Void> seen = new CompletableFuture<>();
    private long round = Long.MAX_VALUE;
  }
}
