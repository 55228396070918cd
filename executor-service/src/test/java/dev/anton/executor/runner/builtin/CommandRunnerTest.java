package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import dev.anton.plugin.testkit.RunnerAttempt;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class CommandRunnerTest extends NodeRunnerContract {

  @Override
  protected NodeRunner runner() {
    return new CommandRunner();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{\"command\": [\"sh\", \"-c\", \"echo one > file\"]}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{}", "{\"command\": [\"rm\"]}", "{\"command\": [\"pwd\"], \"workingDirectory\": \"..\"}");
  }

  @Override
  protected Map<String, String> settings() {
    return ALLOWED;
  }

  private static final Map<String, String> ALLOWED =
      Map.of(
          "allowed-executables", "sh,sleep,echo,env,pwd,yes,no-such-program",
          "max-output-bytes", "100000");

  @TempDir Path temporary;
  private final CommandRunner runner = new CommandRunner();
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectory(temporary.toRealPath().resolve("project"));
  }

  @Test
  void whatTheProgramWritesIsLoggedAndItsLastLinesAreHandedOn() throws Exception {
    RunnerAttempt context = context("[\"sh\", \"-c\", \"echo one; echo two >&2\"]");

    NodeResult result = runner.run(context);

    assertThat(context.logged()).containsExactly("one", "two");
    assertThat(result)
        .isEqualTo(NodeResult.completed(Map.of("exitCode", 0, "lastLines", List.of("one", "two"))));
  }

  @Test
  void argumentsPassNoShell() throws Exception {
    RunnerAttempt context = context("[\"echo\", \"$HOME; `id` > x | y && *\"]");

    runner.run(context);

    assertThat(context.logged()).containsExactly("$HOME; `id` > x | y && *");
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void theEnvironmentIsClean() throws Exception {
    RunnerAttempt context =
        RunnerAttempt.in(project, "{\"command\": [\"env\"], \"env\": {\"MINE\": \"1\"}}")
            .with(ALLOWED);

    runner.run(context);

    assertThat(context.logged()).contains("MINE=1").anyMatch(line -> line.startsWith("PATH="));
    assertThat(context.logged())
        .allMatch(
            line ->
                line.matches(
                    "(HOME|LANG|LC_ALL|TZ|TMPDIR|JAVA_HOME|PATH|MINE|ANTON_COMMAND|PWD|SHLVL|_|OLDPWD)=.*"));
  }

  @Test
  void itRunsInTheFolderThatThePlanNames() throws Exception {
    Files.createDirectories(project.resolve("a/b"));
    RunnerAttempt context =
        RunnerAttempt.in(project, "{\"command\": [\"pwd\"], \"workingDirectory\": \"a/b\"}")
            .with(ALLOWED);

    runner.run(context);

    assertThat(context.logged()).containsExactly(project.resolve("a/b").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                  | inputs.command is a list
          {"command": []}                                     | inputs.command is a list
          {"command": [1]}                                    | is a text
          {"command": ["rm", "-rf", "/"]}                     | The executable rm is not allowed here
          {"command": ["/bin/sh"]}                            | The executable /bin/sh is not allowed
          {"command": ["../sh"]}                              | The executable ../sh is not allowed
          {"command": ["no-such-program"]}                    | is not installed
          {"command": ["pwd"], "workingDirectory": ".."}      | leads out of the project
          {"command": ["pwd"], "workingDirectory": "none"}    | does not exist
          {"command": ["pwd"], "env": {"PATH": "/tmp"}}       | cannot be set by a plan
          {"command": ["pwd"], "env": {"LD_PRELOAD": "x.so"}} | cannot be set by a plan
          {"command": ["pwd"], "env": {"A=B": "x"}}           | a variable's name and a text
          """)
  void whatIsNotAllowedIsNotStarted(String inputs, String reason) throws Exception {
    NodeResult result = runner.run(RunnerAttempt.in(project, inputs).with(ALLOWED));

    assertThat(result)
        .isInstanceOfSatisfying(
            NodeResult.Failed.class,
            failed -> {
              assertThat(failed.error()).contains(reason);
              assertThat(failed.retryable()).isFalse();
            });
  }

  @Test
  void anExitCodeOtherThanZeroFails() throws Exception {
    NodeResult result = runner.run(context("[\"sh\", \"-c\", \"echo broken; exit 3\"]"));

    assertThat(result).isEqualTo(NodeResult.failed("The command ended with exit code 3: broken"));
  }

  @Test
  void aProgramThatWritesWithoutEndIsEnded() throws Exception {
    RunnerAttempt context = context("[\"yes\"]");

    NodeResult result = runner.run(context);

    assertThat(result)
        .isEqualTo(NodeResult.failed("The command wrote more than 100000 bytes and was ended"));
    assertThat(context.logged().stream().mapToInt(String::length).sum()).isLessThan(120_000);
  }

  @Test
  void aLineWithoutEndIsCut() throws Exception {
    RunnerAttempt context =
        context("[\"sh\", \"-c\", \"head -c 20000 /dev/zero | tr '\\\\000' x\"]");

    runner.run(context);

    assertThat(context.logged()).hasSize(3).allMatch(line -> line.length() <= 8192);
  }

  @Test
  void anInterruptEndsTheWholeTree() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    runner.run(
                        context(
                            "[\"sh\", \"-c\", \"(sleep 500 & echo $! > pids) ; sleep 500 & echo $!"
                                + " >> pids; trap '' TERM; echo $$ >> pids; wait\"]"));
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    List<Long> pids = awaitPids(3);

    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(interrupted).isTrue();
    awaitGone(pids);
  }

  @Test
  void whatACommandLeavesRunningEndsWithIt() throws Exception {
    NodeResult result =
        runner.run(context("[\"sh\", \"-c\", \"sleep 500 & echo $! > pids; echo done\"]"));

    assertThat(result).isInstanceOf(NodeResult.Completed.class);
    awaitGone(awaitPids(1));
  }

  @Test
  void whoLeavesTheSessionAndItsParentEndsAllTheSame() throws Exception {
    NodeResult result =
        runner.run(
            context(
                """
                ["sh", "-c", "mkfifo left; setsid sh -c 'sleep 500 & echo $! > pids; echo > left; wait' & read -r _ < left; echo done"]
                """));

    assertThat(result).isInstanceOf(NodeResult.Completed.class);
    awaitGone(awaitPids(1));
  }

  @Test
  void whatFailsAfterACommandWasStartedEndsIt() throws Exception {
    RunnerAttempt context =
        context("[\"sh\", \"-c\", \"echo $$ > pids; while :; do sleep 500; done\"]");
    List<Long> pids = new ArrayList<>();
    NodeContext withoutLog =
        (NodeContext)
            Proxy.newProxyInstance(
                NodeContext.class.getClassLoader(),
                new Class<?>[] {NodeContext.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("log")) {
                    pids.addAll(awaitPids(1));
                    throw new IllegalStateException("no log");
                  }
                  return method.invoke(context, arguments);
                });

    assertThatThrownBy(() -> runner.run(withoutLog)).hasMessage("no log");

    assertThat(pids).hasSize(1);
    awaitGone(pids);
  }

  static Stream<Arguments> excesses() {
    return Stream.of(
        arguments("max-cpu-seconds", "1", List.of("sh", "-c", "while :; do :; done"), "1 s of CPU"),
        arguments(
            "max-cpu-seconds",
            "1",
            List.of("sh", "-c", "for i in 1 2 3 4; do (while :; do :; done) & done; wait"),
            "1 s of CPU"),
        arguments(
            "max-processes",
            "20",
            // Not as fast as a bomb: that would take others' processes along.
            List.of("sh", "-c", "for i in $(seq 40); do sleep 100 & done; wait"),
            "more than 20 processes"),
        arguments(
            "max-memory-bytes",
            "80000000",
            List.of("python3", "-c", "x = bytearray(500_000_000)"),
            "exit code 1: MemoryError"),
        arguments(
            "max-memory-bytes",
            "90000000",
            List.of(
                "python3",
                "-c",
                "import os, time\nos.fork()\nos.fork()\nx = bytearray(b'x' * 30_000_000)\n"
                    + "time.sleep(100)"),
            "90000000 bytes of memory"),
        arguments(
            "max-file-bytes",
            "1000",
            List.of("python3", "-c", "f = open('big', 'wb', 0)\nwhile f.write(b'x' * 500): pass"),
            "File too large"),
        arguments(
            "min-free-disk-bytes",
            "9000000000000000000",
            List.of("sleep", "100"),
            "free on the project's disk"));
  }

  @ParameterizedTest
  @MethodSource("excesses")
  void whoUsesMoreThanHeMayIsEnded(String limit, String value, List<String> command, String reason)
      throws Exception {
    String inputs = JsonMapper.shared().writeValueAsString(Map.of("command", command));
    NodeResult result =
        RunnerAttempt.in(project, inputs)
            .with(Map.of("allowed-executables", "sh,sleep,python3", limit, value))
            .by(runner);

    assertThat(result)
        .isInstanceOfSatisfying(
            NodeResult.Failed.class, failed -> assertThat(failed.error()).contains(reason));
  }

  @Test
  void aSettingThatCannotBeReadMakesTheRunnerUnavailable() {
    assertThat(runner.unavailable(Map.of("max-cpu-seconds", "many")))
        .hasValueSatisfying(why -> assertThat(why).contains("max-cpu-seconds").contains("many"));
  }

  private RunnerAttempt context(String command) {
    return RunnerAttempt.in(project, "{\"command\": " + command + "}").with(ALLOWED);
  }

  private List<Long> awaitPids(int count) throws IOException {
    Path file = project.resolve("pids");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() == count);
    return Files.readAllLines(file).stream().map(Long::parseLong).toList();
  }

  private static void awaitGone(List<Long> pids) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
  }
}
