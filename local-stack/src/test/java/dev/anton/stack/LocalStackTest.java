package dev.anton.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anton.stack.process.StartException;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.state.ProcessState;
import dev.anton.stack.state.StackState;
import dev.anton.stack.supervision.Backoff;
import dev.anton.stack.supervision.Condition;
import dev.anton.stack.supervision.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LocalStackTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void startsAgainWhateverDiesAndStopsServicesBeforeTheirBackends() throws Exception {
    Recorder recorder = new Recorder();
    StackOptions options = options(Ports.free());
    LocalStack stack = new LocalStack(options, recorder);
    stack.start();
    try (stack) {
      assertThat(stack.statuses())
          .extracting(Status::condition)
          .hasSize(4)
          .containsOnly(Condition.READY);

      for (String name : List.of("planner-service", LocalStack.POSTGRES, LocalStack.KAFKA)) {
        long before = stack.pid(name);
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        await().atMost(LONG).until(() -> stack.pid(name) != before && isReady(stack, name));
      }
      assertThat(stack.statuses())
          .filteredOn(status -> !status.name().equals("api-gateway"))
          .extracting(Status::restarts)
          .containsOnly(1);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(options.data().secrets())))
          .isEqualTo("rw-------");
    }

    assertThat(Files.readAllLines(folder.resolve("stopped")))
        .containsExactlyInAnyOrder("planner-service", "api-gateway");
    assertThat(recorder.stopped().subList(0, 2))
        .containsExactlyInAnyOrder("planner-service", "api-gateway");
    assertThat(recorder.stopped().subList(2, 4))
        .containsExactly(LocalStack.KAFKA, LocalStack.POSTGRES);
    assertThat(options.data().read()).isEmpty();
  }

  @Test
  void refusesASecondStartOnTheSameFolder() {
    StackOptions options = options(Ports.free());
    try (LocalStack first = LocalStack.start(options)) {
      assertThatThrownBy(() -> LocalStack.start(options(Ports.free())))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("already running")
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
      assertThat(first.statuses()).extracting(Status::condition).containsOnly(Condition.READY);
      assertThat(options.data().read()).map(StackState::ready).contains(true);
    }
  }

  @Test
  void namesATakenPortAndHowToChooseAnother() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Ports free = Ports.free();
      Ports ports =
          new Ports(
              free.gateway(),
              free.planner(),
              free.executor(),
              free.dispatcher(),
              free.postgres(),
              other.getLocalPort());

      assertThatThrownBy(() -> LocalStack.start(options(ports)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("Port " + other.getLocalPort() + ", which kafka needs, is taken")
          .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("--kafka-port")
          .hasMessageContaining("ANTON_KAFKA_PORT");
      assertNothingRuns();
    }
  }

  @Test
  void namesTheFullDisk() {
    StackOptions options = options(Ports.free()).withMinimumFreeBytes(Long.MAX_VALUE);

    assertThatThrownBy(() -> LocalStack.start(options))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("has only")
        .hasMessageContaining("MiB left")
        .hasMessageContaining(folder.resolve("data").toString());
    assertNothingRuns();
  }

  @Test
  void quotesTheServiceThatDiesDuringTheStartAndLeavesNothingRunning() {
    StackOptions options =
        options(Ports.free())
            .with(StandIns.noting(folder.resolve("stopped")).failingWith("no such colour"));

    assertThatThrownBy(() -> LocalStack.start(options))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("api-gateway stopped while it was starting")
        .hasMessageContaining("no such colour")
        .hasMessageContaining("api-gateway.log");
    assertNothingRuns();
  }

  @Test
  void stopsWhatAKilledLauncherLeftBehind() throws Exception {
    StackOptions options = options(Ports.free());
    Process launcher = KilledLauncher.start(options, folder.resolve("stopped"));
    await().atMost(LONG).until(() -> options.data().read().map(StackState::ready).orElse(false));
    StackState before = options.data().read().orElseThrow();
    launcher.destroyForcibly().waitFor();
    assertThat(running(before)).hasSize(4);

    Recorder recorder = new Recorder();
    LocalStack stack = new LocalStack(options, recorder);
    stack.start();
    try (stack) {
      assertThat(recorder.leftovers())
          .containsExactlyInAnyOrder(
              "planner-service", "api-gateway", LocalStack.KAFKA, LocalStack.POSTGRES);
      assertThat(running(before)).isEmpty();
    }
  }

  private StackOptions options(Ports ports) {
    return new StackOptions(folder, folder.resolve("data"), ports)
        .with(StandIns.noting(folder.resolve("stopped")))
        .with(new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), LONG))
        .withMinimumFreeBytes(0);
  }

  private static boolean isReady(LocalStack stack, String name) {
    return stack.statuses().stream()
        .anyMatch(status -> status.name().equals(name) && status.condition() == Condition.READY);
  }

  private static List<ProcessHandle> running(StackState state) {
    return state.processes().stream()
        .map(ProcessState::identity)
        .filter(Objects::nonNull)
        .flatMap(identity -> identity.running().stream())
        .toList();
  }

  private void assertNothingRuns() {
    DataFolder data = new DataFolder(folder.resolve("data"));
    assertThat(data.isLocked()).isFalse();
    assertThat(data.read()).isEmpty();
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(folder.toString())))
        .isEmpty();
  }

  private static final class Recorder implements StackListener {

    private final List<String> stopped = Collections.synchronizedList(new ArrayList<>());
    private final List<String> leftovers = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void leftoversStopped(List<String> names) {
      leftovers.addAll(names);
    }

    @Override
    public void changed(Status status) {
      if (status.condition() == Condition.STOPPED) {
        stopped.add(status.name());
      }
    }

    List<String> stopped() {
      return List.copyOf(stopped);
    }

    List<String> leftovers() {
      return List.copyOf(leftovers);
    }
  }
}
