package dev.anton.system.faults;

import dev.anton.stack.LocalStack;
import dev.anton.system.RunningStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Something bad that happens while executions run on two executors.
 *
 * @param name as it is asked for and reported
 */
record ExecutionFault(String name, Course course) {

  private static final List<String> EXECUTORS = List.of("executor-service", "executor-service-2");
  private static final String PLANNER = "planner-service";
  private static final Duration AWAY = Duration.ofSeconds(30);

  /** A lease lasts 8 s. */
  private static final Duration BEYOND_LEASE = Duration.ofSeconds(15);

  /** What happens, from its beginning to its end. */
  @FunctionalInterface
  interface Course {
    void run(RunningStack stack) throws Exception;
  }

  static List<ExecutionFault> all() {
    return List.of(
        new ExecutionFault("executions-nothing", _ -> Scene.pause(Duration.ofSeconds(15))),
        new ExecutionFault("executions-executor-killed", ExecutionFault::killExecutors),
        new ExecutionFault("executions-executor-stalled", ExecutionFault::stallExecutors),
        new ExecutionFault("executions-planner-killed", ExecutionFault::killPlanner),
        new ExecutionFault(
            "executions-postgres-away", stack -> keepAway(stack, LocalStack.POSTGRES)),
        new ExecutionFault("executions-kafka-away", stack -> keepAway(stack, LocalStack.KAFKA)));
  }

  static List<ExecutionFault> named(Pattern chosen) {
    return all().stream().filter(fault -> chosen.matcher(fault.name()).matches()).toList();
  }

  private static void killExecutors(RunningStack stack) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      String executor = EXECUTORS.get(i % EXECUTORS.size());
      kill(stack, executor);
      awaitReady(stack, executor);
      Scene.pause(Duration.ofSeconds(2));
    }
  }

  private static void killPlanner(RunningStack stack) throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      kill(stack, PLANNER);
      awaitReady(stack, PLANNER);
      Scene.pause(Duration.ofSeconds(3));
    }
  }

  private static void stallExecutors(RunningStack stack) throws Exception {
    for (String executor : EXECUTORS) {
      String pid = Long.toString(stack.process(executor).pid());
      signal("STOP", pid);
      Scene.pause(BEYOND_LEASE);
      signal("CONT", pid);
      Scene.pause(Duration.ofSeconds(8));
    }
  }

  /** Killed again as soon as it is started again. */
  private static void keepAway(RunningStack stack, String component) throws InterruptedException {
    long until = System.nanoTime() + AWAY.toNanos();
    while (System.nanoTime() < until) {
      stack.crash(component);
      Scene.pause(Duration.ofMillis(200));
    }
    awaitReady(stack, component);
  }

  private static void kill(RunningStack stack, String component) {
    ProcessHandle process = stack.process(component);
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static void awaitReady(RunningStack stack, String component) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Scene.pause(Duration.ofSeconds(1));
    while (!stack.isReady(component) && System.nanoTime() < deadline) {
      Scene.pause(Duration.ofMillis(50));
    }
  }

  private static void signal(String name, String pid) throws Exception {
    int exit = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill -%s %s ended with %d".formatted(name, pid, exit));
    }
  }
}
