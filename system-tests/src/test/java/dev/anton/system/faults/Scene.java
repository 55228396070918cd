package dev.anton.system.faults;

import dev.anton.system.RunningStack;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** What a fault has to do with: the stack, the endpoints, and what has become of the events. */
final class Scene {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** An event that is older and not accepted is waited for. */
  private static final long CURRENT_NANOS = Duration.ofMillis(500).toNanos();

  /** What a killed dispatcher had sent is read by its endpoint within this time. */
  private static final Duration ARRIVAL = Duration.ofSeconds(1);

  /**
   * The server still finishes what a client asked for that is gone, and other dispatchers write
   * down what they have delivered meanwhile; none takes over what the killed one had so soon.
   */
  private static final Duration COMMIT = Duration.ofMillis(700);

  /** While all is well, an acceptance is in the journal long before this. */
  private static final long WRITTEN_NANOS = Duration.ofSeconds(10).toNanos();

  private final RunningStack stack;
  private final DispatcherTables tables;
  private final Ledger ledger;
  private final List<Subscriber> subscribers;
  private final boolean faultyEndpoint;
  private final Map<Integer, Integer> unwritten = new HashMap<>();
  private final long begunAt = System.nanoTime();
  private long endedAt = begunAt;
  private long notedAt = begunAt - WRITTEN_NANOS;
  private int firstOpen;

  Scene(RunningStack stack, Ledger ledger, List<Subscriber> subscribers, boolean faultyEndpoint) {
    this.stack = stack;
    this.tables = new DispatcherTables(stack);
    this.ledger = ledger;
    this.subscribers = subscribers;
    this.faultyEndpoint = faultyEndpoint;
  }

  RunningStack stack() {
    return stack;
  }

  DispatcherTables tables() {
    return tables;
  }

  Ledger ledger() {
    return ledger;
  }

  /** The first one, if any. */
  Subscriber faulty() {
    return subscribers.getFirst();
  }

  /** Whether the endpoint of this event does what it should. */
  boolean isHealthy(int number) {
    return !faultyEndpoint || number % subscribers.size() != 0;
  }

  /** Kills a component with SIGKILL. */
  void kill(String component) {
    ProcessHandle process = stack.process(component);
    process.destroyForcibly();
    ended();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /**
   * Kills a dispatcher and notes which events it had delivered without having written that down.
   */
  void killDispatcher(String component) throws InterruptedException {
    kill(component);
    pause(ARRIVAL);
    noteUnwritten(_ -> false);
  }

  /**
   * Stops a dispatcher for longer than its group waits, and notes what it had in hand: others take
   * that over, and it goes on with it when it wakes up.
   */
  void freezeDispatcher(String component, Duration time) throws Exception {
    int before = ledger.size();
    signal(component, "STOP");
    long began = System.nanoTime();
    pause(ARRIVAL);
    noteUnwritten(number -> number < before && !ledger.isAccepted(number));
    pause(time.minusNanos(System.nanoTime() - began));
    signal(component, "CONT");
    ended();
  }

  /**
   * Notes which of the events that were accepted since the last time, and of some others, the
   * journal does not have as delivered.
   */
  private void noteUnwritten(IntPredicate others) throws InterruptedException {
    long since = notedAt;
    notedAt = System.nanoTime();
    int[] candidates =
        ledger
            .numbers()
            .filter(number -> ledger.isAcceptedSince(number, since) || others.test(number))
            .toArray();
    pause(COMMIT);
    if (candidates.length > 0) {
      BitSet delivered =
          tables.delivered(ledger, candidates[0], candidates[candidates.length - 1] + 1);
      for (int number : candidates) {
        if (!delivered.get(number)) {
          unwritten.merge(number, 1, Integer::sum);
        }
      }
    }
  }

  /** Sends a signal by its name, such as {@code STOP}. */
  void signal(String component, String signal) throws Exception {
    String pid = Long.toString(stack.process(component).pid());
    int exit = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill -%s %s ended with %d".formatted(signal, pid, exit));
    }
  }

  /** The fault, or this part of it, is over: recovery is counted from now on. */
  void ended() {
    endedAt = System.nanoTime();
  }

  /** Waits until healthy endpoints have all but the very latest events. */
  void awaitCaughtUp() throws InterruptedException {
    awaitCaughtUp(PATIENCE);
  }

  /** The same for so long at most. */
  void awaitCaughtUp(Duration patience) throws InterruptedException {
    await(this::isCaughtUp, patience);
  }

  /** How long ago it began. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begunAt);
  }

  /** Waits until an event is accepted that had not been when this was called. */
  void awaitProgress() throws InterruptedException {
    long before = ledger.arrivals();
    await(() -> ledger.arrivals() > before);
  }

  void awaitGone(String component) throws InterruptedException {
    await(() -> !stack.isReady(component));
  }

  void awaitReady(String component) throws InterruptedException {
    await(() -> stack.isReady(component));
  }

  static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  /**
   * How often a dispatcher was killed that, or whose predecessor, had delivered this event and had
   * not written that down: so often it may arrive again.
   */
  int unwritten(int number) {
    return unwritten.getOrDefault(number, 0);
  }

  long begunAt() {
    return begunAt;
  }

  long endedAt() {
    return endedAt;
  }

  private boolean isCaughtUp() {
    long horizon = System.nanoTime() - CURRENT_NANOS;
    int size = ledger.size();
    while (firstOpen < size
        && (!isHealthy(firstOpen) || ledger.isAccepted(firstOpen) || ledger.isDead(firstOpen))) {
      firstOpen++;
    }
    return firstOpen == size || ledger.publishedAt(firstOpen) - horizon > 0;
  }

  /** What does not come in time is found missing in the end. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    await(condition, PATIENCE);
  }

  private static void await(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      Thread.sleep(20);
    }
  }
}
