package dev.anton.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.anton.schemas.kafka.Topics;
import dev.anton.stack.supervision.Backoff;
import dev.anton.system.EventLog;
import dev.anton.system.RunningStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault of executions, two minutes each: not part of the usual build. The system properties
 * {@code faults.only}, a name with asterisks, and {@code faults.executions}, per second, choose.
 */
@Tag("faults")
class ExecutionFaultsTest {

  private static final int RATE = Integer.getInteger("faults.executions", 4);
  private static final Pattern CHOSEN =
      Pattern.compile(System.getProperty("faults.only", "*").replace("*", ".*"));
  private static final Duration BEFORE = Duration.ofSeconds(8);
  private static final Duration AFTER = Duration.ofSeconds(5);
  private static final Duration ALL_ENDED_WITHIN = Duration.ofSeconds(90);
  private static final Path REPORTS = Path.of("target", "faults");

  private static @Nullable RunningStack stack;

  @TestFactory
  Stream<DynamicTest> eachEndsOnceAndInOrder() {
    return ExecutionFault.named(CHOSEN).stream()
        .map(fault -> dynamicTest(fault.name(), () -> rehearse(fault)));
  }

  @AfterAll
  static void stopStack() {
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  private static void rehearse(ExecutionFault fault) throws Exception {
    RunningStack running = stack();
    String run = fault.name() + "-" + Long.toString(System.currentTimeMillis(), 36);
    ExecutionAudit before = audit(running);
    ExecutionLoad load = new ExecutionLoad(running.gateway(), run, RATE);
    try (load) {
      Scene.pause(BEFORE);
      fault.course().run(running);
      Scene.pause(AFTER);
    }
    long mended = System.nanoTime();
    ExecutionAudit audit = audit(running);
    while (!load.accepted().stream().allMatch(audit::hasEnded)
        && System.nanoTime() - mended < ALL_ENDED_WITHIN.toNanos()) {
      Scene.pause(Duration.ofMillis(500));
      audit = audit(running);
    }
    double seconds = (System.nanoTime() - mended) / 1e9;
    // Whatever comes too much comes after the end.
    Scene.pause(Duration.ofSeconds(3));
    audit = audit(running);
    // Also those whose acceptance nobody was told of.
    Set<String> work = new HashSet<>(audit.work());
    work.removeAll(before.work());
    work.addAll(load.accepted());
    ExecutionFaultReport report =
        audit.report(
            fault.name(), work, before.repeated(), load.cancelled(), seconds, processesLeft());
    System.out.println(report.row());
    report.flaws().forEach(System.out::println);
    report.writeTo(REPORTS);
    assertThat(load.failures()).as("what clients could not do").isEmpty();
    report.assertSafe();
  }

  private static ExecutionAudit audit(RunningStack running) {
    try (EventLog log = new EventLog(running.bootstrapServers())) {
      return new ExecutionAudit(log.records(Topics.LIFECYCLE_EVENTS));
    }
  }

  private static long processesLeft() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .filter(l -> l.contains(ExecutionLoad.MARK))
                    .isPresent())
        .count();
  }

  private static RunningStack stack() {
    RunningStack running = stack;
    if (running == null) {
      running =
          RunningStack.start(
              options ->
                  options
                      .withExecutors(2)
                      // As an orchestrator does whose pods die of accidents: at once, each time.
                      .with(
                          new Backoff(
                              Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO)));
      stack = running;
    }
    return running;
  }
}
