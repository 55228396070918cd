package dev.anton.dispatcher.lane;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint's way out: a bounded number of attempts at a time, a bounded queue, a circuit
 * breaker. First attempts of one key go one after another; a slow one lets the next pass.
 *
 * <p>Tasks are started and turned away without the lane's lock, by one thread at a time, so that
 * what was offered first starts first.
 */
public final class Lane {

  private final LaneSettings settings;
  private final TenantBudget slowBudget;
  private final String tenant;
  private final CircuitBreaker breaker;

  private final Deque<LaneTask> ready = new ArrayDeque<>();

  /**
   * Keys with a first attempt that is ready or running, and what waits behind it; null while
   * nothing does, as is usual.
   */
  private final Map<String, @Nullable Deque<LaneTask>> keys = new HashMap<>();

  private int queued;
  private int running;
  private int slow;
  private boolean pumping;
  private boolean pumpAgain;
  private boolean evicted;
  private long lastUsed = System.nanoTime();

  Lane(LaneSettings settings, TenantBudget slowBudget, String tenant, CircuitBreaker breaker) {
    this.settings = settings;
    this.slowBudget = slowBudget;
    this.tenant = tenant;
    this.breaker = breaker;
  }

  /**
   * Takes a task in; it is started or turned away, now or later.
   *
   * @return false if this lane was evicted and a new one has to be asked for
   */
  boolean offer(LaneTask task) {
    synchronized (this) {
      if (evicted) {
        return false;
      }
      lastUsed = System.nanoTime();
      int limit = slow > 0 ? settings.concurrency() : settings.queue();
      if (queued < limit) {
        enqueue(task);
        task = null;
      }
    }
    if (task != null) {
      task.turnedAway(Refusal.FULL);
    }
    pump();
    return true;
  }

  /** The attempt is taking long: it leaves its slot and its key to the next. */
  public void slow(LaneTask task) {
    synchronized (this) {
      running--;
      slow++;
      slowBudget.take(tenant);
      release(task);
    }
    pump();
  }

  /** The attempt is over. */
  public void finished(LaneTask task, boolean wasSlow, Verdict verdict, Duration duration) {
    switch (verdict) {
      case HEALTHY -> breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
      case FAILING ->
          breaker.onError(duration.toNanos(), TimeUnit.NANOSECONDS, new AttemptFailed());
    }
    leave(task, wasSlow);
  }

  /** The task was started but made no attempt. */
  public void released(LaneTask task) {
    breaker.releasePermission();
    leave(task, false);
  }

  /** How many more tasks it would start or queue for a moment only. */
  int room() {
    synchronized (this) {
      if (isClogged()) {
        return 0;
      }
      return switch (breaker.getState()) {
        case OPEN, FORCED_OPEN -> 0;
        case HALF_OPEN -> Math.max(0, settings.breaker().probes() - running - slow - queued);
        default -> Math.max(0, settings.concurrency() - running - queued);
      };
    }
  }

  /** Forgets the lane if nothing has used it for long. */
  synchronized boolean evictIfIdle(Duration idle) {
    if (running == 0 && slow == 0 && queued == 0 && System.nanoTime() - lastUsed > idle.toNanos()) {
      evicted = true;
    }
    return evicted;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  synchronized int running() {
    return running;
  }

  synchronized int queued() {
    return queued;
  }

  private void leave(LaneTask task, boolean wasSlow) {
    synchronized (this) {
      lastUsed = System.nanoTime();
      if (wasSlow) {
        slow--;
        slowBudget.giveBack(tenant);
      } else {
        running--;
        release(task);
      }
    }
    pump();
  }

  private boolean isClogged() {
    return slow >= settings.slow() || (slow > 0 && slowBudget.left(tenant) == 0);
  }

  private void enqueue(LaneTask task) {
    queued++;
    String key = task.orderKey();
    if (key == null) {
      ready.addLast(task);
      return;
    }
    Deque<LaneTask> behind = keys.get(key);
    if (behind != null) {
      behind.addLast(task);
    } else if (keys.containsKey(key)) {
      behind = new ArrayDeque<>();
      behind.addLast(task);
      keys.put(key, behind);
    } else {
      keys.put(key, null);
      ready.addLast(task);
    }
  }

  /** The task's key is free for the next. */
  private void release(LaneTask task) {
    String key = task.orderKey();
    if (key == null) {
      return;
    }
    Deque<LaneTask> behind = keys.get(key);
    LaneTask next = behind == null ? null : behind.pollFirst();
    if (next == null) {
      keys.remove(key);
    } else {
      ready.addLast(next);
    }
  }

  /** Starts what can be started; only one thread at a time does, the others leave it a note. */
  private void pump() {
    synchronized (this) {
      if (pumping) {
        pumpAgain = true;
        return;
      }
      pumping = true;
    }
    while (true) {
      Step step;
      synchronized (this) {
        step = next();
        if (step == null) {
          if (!pumpAgain) {
            pumping = false;
            return;
          }
          pumpAgain = false;
          continue;
        }
      }
      step.run();
    }
  }

  private @Nullable Step next() {
    if (ready.isEmpty()) {
      return null;
    }
    if (isClogged()) {
      return new TurnAway(takeAllBut(0), Refusal.SLOW);
    }
    if (running >= settings.concurrency()) {
      return null;
    }
    if (!breaker.tryAcquirePermission()) {
      return new TurnAway(takeAllBut(0), Refusal.BREAKER_OPEN);
    }
    Pace pace = ready.getFirst().pace();
    if (pace != null && !pace.tryStart(ready.size(), this::pump)) {
      breaker.releasePermission();
      int kept = pace.keep(ready.size());
      return ready.size() > kept ? new TurnAway(takeAllBut(kept), Refusal.OVER_RATE) : null;
    }
    queued--;
    running++;
    return new Start(this, ready.removeFirst());
  }

  /** Takes out what waits, but for the first that are ready. */
  private List<LaneTask> takeAllBut(int kept) {
    List<LaneTask> all = new ArrayList<>(queued);
    Iterator<LaneTask> waiting = ready.iterator();
    for (int i = 0; i < kept; i++) {
      waiting.next();
    }
    while (waiting.hasNext()) {
      LaneTask task = waiting.next();
      waiting.remove();
      all.add(task);
      String key = task.orderKey();
      if (key != null) {
        Deque<LaneTask> behind = keys.remove(key);
        if (behind != null) {
          all.addAll(behind);
        }
      }
    }
    // What is left waits behind a key whose attempt is running or about to.
    for (Map.Entry<String, @Nullable Deque<LaneTask>> entry : keys.entrySet()) {
      Deque<LaneTask> behind = entry.getValue();
      if (behind != null) {
        all.addAll(behind);
        entry.setValue(null);
      }
    }
    queued = kept;
    return all;
  }

  private sealed interface Step {
    void run();
  }

  private record Start(Lane lane, LaneTask task) implements Step {
    @Override
    public void run() {
      task.start(lane);
    }
  }

  private record TurnAway(List<LaneTask> tasks, Refusal reason) implements Step {
    @Override
    public void run() {
      tasks.forEach(task -> task.turnedAway(reason));
    }
  }

  /** What the breaker is told; it only counts. */
  private static final class AttemptFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private AttemptFailed() {
      super("The attempt failed", null, false, false);
    }
  }
}
