package dev.anton.system.faults;

import dev.anton.system.RunningStack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a fault has to do with: the stack, the endpoints, and what has become of the events. */
final class Scene {

  /** More events than can pile up until a dispatcher is back. */
  private static final int RECENT = 200_000;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** An event that is older and not accepted is waited for. */
  private static final long CURRENT_NANOS = Duration.ofMillis(500).toNanos();

  /** What a killed dispatcher had sent is read by its endpoint within this time. */
  private static final Duration ARRIVAL = Duration.ofMillis(300);

  /**
   * The server still finishes what a client asked for that is gone, and other dispatchers write
   * down what they have delivered meanwhile; none takes over what the killed one had so soon.
   */
  private static final Duration COMMIT = Duration.ofMillis(700);

  private final RunningStack stack;
  private final DispatcherTables tables;
  private final Ledger ledger;
  private final List<Subscriber> subscribers;
  private final boolean faultyEndpoint;
  private final Map<Integer, Integer> unwritten = new HashMap<>();
  private final long begunAt = System.nanoTime();
  private long endedAt = begunAt;
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
    noteUnwritten(ledger::isAccepted);
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
    noteUnwritten(number -> ledger.isAccepted(number) || number < before);
    pause(time.minusNanos(System.nanoTime() - began));
    signal(component, "CONT");
    ended();
  }

  /** Notes which of these events the journal does not have as delivered. */
  private void noteUnwritten(IntPredicate which) throws InterruptedException {
    int size = ledger.size();
    int from = Math.max(0, size - RECENT);
    int[] candidates = IntStream.range(from, size).filter(which).toArray();
    pause(COMMIT);
    Set<Integer> delivered = tables.delivered(ledger, from, size);
    for (int number : candidates) {
      if (!delivered.contains(number)) {
        unwritten.merge(number, 1, Integer::sum);
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
