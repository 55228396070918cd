package dev.anton.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an executor relies on in every runner. A runner's test extends this, gives the runner and
 * inputs of nodes that succeed and that cannot, and adds its own cases.
 */
public abstract class NodeRunnerContract {

  /** A runner that was interrupted is given up after 10 s; its processes should be gone by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Path surroundings = Path.of("");
  private Path project = Path.of("");

  /** A new instance. */
  protected abstract NodeRunner runner();

  /** Inputs of nodes that succeed in an empty project, as JSON text; at least one. */
  protected abstract List<String> goodInputs();

  /** Inputs that no attempt can succeed with, as JSON text; none if the runner reads no inputs. */
  protected abstract List<String> badInputs();

  /** The operator's settings under which the inputs above are good and bad. */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /** The node's instructions. */
  protected String instructions() {
    return "";
  }

  /** The folder of a project of this test's own, empty at first. */
  protected final Path project() {
    return project;
  }

  @BeforeEach
  void makeProject(@TempDir Path temporary) throws IOException {
    surroundings = temporary.toRealPath();
    project = Files.createDirectory(surroundings.resolve("project"));
    Files.writeString(surroundings.resolve("neighbour.txt"), "not the project's");
  }

  @Test
  void isFoundByServiceLoader() {
    assertThat(ServiceLoader.load(NodeRunner.class))
        .as("META-INF/services/%s names the runner", NodeRunner.class.getName())
        .hasAtLeastOneElementOfType(runner().getClass());
  }

  @Test
  void hasAName() {
    assertThat(runner().getClass().getAnnotation(RunnerName.class))
        .as("the annotation @RunnerName")
        .isNotNull()
        .extracting(RunnerName::value)
        .asString()
        .matches("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*");
  }

  @Test
  void canBeUsedWithItsSettings() {
    assertThat(runner().unavailable(settings())).isEmpty();
  }

  @Test
  void completesNodesWithGoodInputs() throws Exception {
    assertThat(goodInputs()).isNotEmpty();
    for (String inputs : goodInputs()) {
      assertThat(attempt(project, inputs).by(runner()))
          .as("the result of %s", inputs)
          .isInstanceOfSatisfying(
              NodeResult.Completed.class,
              completed -> JsonMapper.shared().writeValueAsBytes(completed.output()));
    }
  }

  /** An executor may have died after the work and before it could say so. */
  @Test
  void anAttemptCanBeMadeAgain() throws Exception {
    for (String inputs : goodInputs()) {
      attempt(project, inputs).by(runner());

      assertThat(attempt(project, inputs).by(runner()))
          .as("the second result of %s", inputs)
          .isInstanceOf(NodeResult.Completed.class);
    }
  }

  @Test
  void refusesBadInputsForGoodAndLeavesNothingBehind() throws Exception {
    Map<Path, Integer> before = contents(surroundings);
    for (String inputs : badInputs()) {
      assertThat(attempt(project, inputs).by(runner()))
          .as("the result of %s", inputs)
          .isInstanceOfSatisfying(
              NodeResult.Failed.class,
              failed -> {
                assertThat(failed.retryable()).as("%s can be tried again", inputs).isFalse();
                assertThat(failed.error()).isNotBlank();
              });
      assertThat(contents(surroundings)).as("the files after %s", inputs).isEqualTo(before);
    }
  }

  @Test
  void writesNothingOutsideOfTheProject() throws Exception {
    for (String inputs : goodInputs()) {
      attempt(project, inputs).by(runner());
    }

    try (Stream<Path> beside = Files.list(surroundings)) {
      assertThat(beside).containsExactlyInAnyOrder(project, surroundings.resolve("neighbour.txt"));
    }
    assertThat(surroundings.resolve("neighbour.txt")).hasContent("not the project's");
  }

  @Test
  void oneInstanceServesManyAttemptsAtATime() throws Exception {
    NodeRunner shared = runner();
    List<Callable<NodeResult>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      for (String inputs : goodInputs()) {
        Path own = Files.createDirectory(surroundings.resolve("project-" + attempts.size()));
        attempts.add(() -> attempt(own, inputs).by(shared));
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<NodeResult> result : threads.invokeAll(attempts)) {
        assertThat(result.get()).isInstanceOf(NodeResult.Completed.class);
      }
    }
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    for (String inputs : goodInputs()) {
      Thread thread =
          Thread.ofVirtual()
              .unstarted(
                  () -> {
                    Thread.currentThread().interrupt();
                    try {
                      attempt(project, inputs).by(runner());
                    } catch (Exception e) {
                      // However it ends.
                    }
                  });
      thread.start();

      assertThat(thread.join(PATIENCE)).as("%s has ended", inputs).isTrue();
    }
  }

  private RunnerAttempt attempt(Path folder, String inputs) {
    return RunnerAttempt.in(folder, inputs).with(settings()).told(instructions());
  }

  private static Map<Path, Integer> contents(Path folder) throws IOException {
    Map<Path, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        contents.put(
            file, Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
      }
    }
    return contents;
  }
}
