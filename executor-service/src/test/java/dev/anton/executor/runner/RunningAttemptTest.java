package dev.anton.executor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.ProjectFolder;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.runner.Attempt.Surroundings;
import dev.anton.executor.schedule.Outcome;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

class RunningAttemptTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

  @TempDir Path project;

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("broken"),
        new AssertionError("broken"),
        new StackOverflowError("broken"),
        new OutOfMemoryError("broken"),
        new NoClassDefFoundError("broken"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverARunnerThrowsEndsItsAttemptAsFailed(Throwable failure) throws Exception {
    attempt(_ -> sneakily(failure)).start();

    assertThat(outcome())
        .isEqualTo(new Outcome.Failed(failure.getClass().getSimpleName() + ": broken", true));
  }

  /** A runner's jar brings exceptions of its own along. */
  @Test
  void aFailureThatCannotEvenBeNamedEndsTheAttemptAllTheSame() throws Exception {
    RunningAttempt attempt =
        attempt(
            _ -> {
              throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                  throw new AssertionError("not even that");
                }
              };
            });

    attempt.start();

    assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void whoIsStoppedAnswersWithTheReasonHoweverItEnds() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    RunningAttempt attempt =
        attempt(
            _ -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new AssertionError("broken");
              }
              return NodeResult.completed(Map.of());
            });
    attempt.start();
    running.await();

    attempt.stop("The execution was cancelled");

    assertThat(outcome()).isEqualTo(new Outcome.Failed("The execution was cancelled", true));
  }

  @Test
  void anOutputThatCannotBeKeptFailsTheAttemptAndLeavesNothingBehind() throws Exception {
    Path inTheWay = project.resolve(".anton/outputs/exe_1/a-1.json/full");
    Files.createDirectories(inTheWay);

    attempt(_ -> NodeResult.completed(Map.of("text", "x".repeat(100_000)))).start();

    assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(project.resolve(".anton/outputs/exe_1").toFile().list()).containsExactly("a-1.json");
  }

  private Outcome outcome() throws InterruptedException {
    Outcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
    assertThat(outcome).as("the outcome").isNotNull();
    return outcome;
  }

  private RunningAttempt attempt(NodeRunner runner) {
    Plan.Node node =
        new Plan.Node(
            "a",
            "task",
            "A",
            "",
            "own",
            List.of(),
            JsonNodeFactory.instance.objectNode(),
            List.of(),
            null,
            null);
    Plan plan = new Plan("project", "", List.of(node));
    ExecutionDefinition execution =
        new ExecutionDefinition(
            "exe_1",
            new Origin(Tenant.DEFAULT, null, null),
            null,
            new ProjectFolder(null, project.toString()),
            plan,
            new RunSettings(1, true));
    Surroundings surroundings = new Surroundings(Duration.ofMinutes(1), Map.of(), _ -> {});
    return new RunningAttempt(
        new Attempt(execution, node, 1, surroundings, Map::of), runner, timer, outcomes::add);
  }

  @SuppressWarnings("unchecked") // Erased: nothing is cast.
  private static <E extends Throwable> NodeResult sneakily(Throwable failure) throws E {
    throw (E) failure;
  }
}
