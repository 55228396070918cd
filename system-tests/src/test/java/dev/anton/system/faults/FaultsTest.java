package dev.anton.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.anton.stack.supervision.Backoff;
import dev.anton.system.RunningStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault, each for as long as it takes: not part of the usual build. The system properties
 * {@code faults.only}, a name with asterisks, and {@code faults.rate}, events per second, choose.
 */
@Tag("faults")
class FaultsTest {

  private static final int RATE = Integer.getInteger("faults.rate", 2_000);
  private static final Pattern CHOSEN =
      Pattern.compile(System.getProperty("faults.only", "*").replace("*", ".*"));
  private static final Duration BEFORE = Duration.ofSeconds(10);

  /** The dispatcher's code is compiled by then, so that what is slow is the fault's doing. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final Path REPORTS = Path.of("target", "faults");

  private static @Nullable RunningStack stack;
  private static int dispatchers;

  @TestFactory
  Stream<DynamicTest> everythingIsAccountedFor() {
    List<Fault> faults =
        Faults.all().stream().filter(fault -> CHOSEN.matcher(fault.name()).matches()).toList();
    assertThat(faults.size() + ExecutionFault.named(CHOSEN).size())
        .as("faults named like " + CHOSEN)
        .isPositive();
    return faults.stream().map(fault -> dynamicTest(fault.name(), () -> rehearse(fault)));
  }

  @AfterAll
  static void stopStack() {
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  private static void rehearse(Fault fault) throws Exception {
    boolean safe = false;
    try {
      FaultReport report = new FaultRun(stackWith(fault.dispatchers()), RATE, BEFORE).run(fault);
      System.out.println(report.line());
      report.writeTo(REPORTS);
      FaultTable.write(REPORTS, Faults.all().stream().map(Fault::name).toList());
      report.assertSafe();
      safe = true;
    } finally {
      if (!safe) {
        stopStack(); // what is left of this fault is not the next one's
      }
    }
  }

  private static RunningStack stackWith(int replicas) throws Exception {
    RunningStack running = stack;
    if (running == null || dispatchers != replicas) {
      stopStack();
      running =
          RunningStack.start(
              options ->
                  options
                      .withDispatchers(replicas)
                      // As an orchestrator does whose pods die of accidents: at once, each time.
                      .with(
                          new Backoff(
                              Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO)));
      stack = running;
      dispatchers = replicas;
      new FaultRun(running, RATE, WARM_UP).run(Fault.ofStack("warm-up", replicas, _ -> {}));
    }
    return running;
  }
}
