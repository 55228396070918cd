package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.plugin.runner.NodeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRunnerTest {

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
    FakeContext context = context("[\"sh\", \"-c\", \"echo one; echo two >&2\"]");

    NodeResult result = runner.run(context);

    assertThat(context.logged()).containsExactly("one", "two");
    assertThat(result)
        .isEqualTo(NodeResult.completed(Map.of("exitCode", 0, "lastLines", List.of("one", "two"))));
  }

  @Test
  void argumentsPassNoShell() throws Exception {
    FakeContext context = context("[\"echo\", \"$HOME; `id` > x | y && *\"]");

    runner.run(context);

    assertThat(context.logged()).containsExactly("$HOME; `id` > x | y && *");
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void theEnvironmentIsClean() throws Exception {
    FakeContext context =
        FakeContext.in(project, "{\"command\": [\"env\"], \"env\": {\"MINE\": \"1\"}}", ALLOWED);

    runner.run(context);

    assertThat(context.logged()).contains("MINE=1").anyMatch(line -> line.startsWith("PATH="));
    assertThat(context.logged())
        .allMatch(
            line ->
                line.matches(
                    "(HOME|LANG|LC_ALL|TZ|TMPDIR|JAVA_HOME|PATH|MINE|PWD|SHLVL|_|OLDPWD)=.*"));
  }

  @Test
  void itRunsInTheFolderThatThePlanNames() throws Exception {
    Files.createDirectories(project.resolve("a/b"));
    FakeContext context =
        FakeContext.in(project, "{\"command\": [\"pwd\"], \"workingDirectory\": \"a/b\"}", ALLOWED);

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
    NodeResult result = runner.run(FakeContext.in(project, inputs, ALLOWED));

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
    FakeContext context = context("[\"yes\"]");

    NodeResult result = runner.run(context);

    assertThat(result)
        .isEqualTo(NodeResult.failed("The command wrote more than 100000 bytes and was ended"));
    assertThat(context.logged().stream().mapToInt(String::length).sum()).isLessThan(120_000);
  }

  @Test
  void aLineWithoutEndIsCut() throws Exception {
    FakeContext context = context("[\"sh\", \"-c\", \"head -c 20000 /dev/zero | tr '\\\\000' x\"]");

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

  private FakeContext context(String command) {
    return FakeContext.in(project, "{\"command\": " + command + "}", ALLOWED);
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
