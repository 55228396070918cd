package dev.anton.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir Path folder;

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void sayPlainlyThatNothingRuns() {
    assertThat(run("status")).isEqualTo(1);
    assertThat(output.toString()).contains("Anton is not running", "./anton up starts it");

    assertThat(run("demo")).isEqualTo(1);
    assertThat(errors.toString())
        .startsWith("anton: Anton is not running")
        .contains("./anton up")
        .doesNotContain("\tat ");

    assertThat(run("down")).isZero();
    assertThat(run("logs")).isEqualTo(1);
  }

  @Test
  void upNamesATakenPortInOneSentence() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(run("up", "--port-offset=31000", "--gateway-port=" + other.getLocalPort()))
          .isEqualTo(1);
    }
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .startsWith("anton: Port ")
        .contains("which gateway needs, is taken");
  }

  @Test
  void logsShowsTheEndOfTheLogThatIsNamed() throws IOException {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.writeString(logs.resolve("planner-service.log"), "one\ntwo\nthree\n");
    Files.writeString(logs.resolve("api-gateway.log"), "other\n");

    assertThat(run("logs", "planner", "-n", "2")).isZero();
    assertThat(output.toString().lines()).containsExactly("two", "three");

    assertThat(run("logs")).isZero();
    assertThat(output.toString()).contains("planner-service | three", "api-gateway     | other");
  }

  @Test
  void aWrongCommandLineIsTold() {
    assertThat(run("up", "--gateway-port=many")).isEqualTo(2);
    assertThat(errors.toString()).contains("--gateway-port");
  }

  @Test
  void theDemoBuildsEitherEveryKindOrWhatItIsTold() {
    assertThat(run("demo", "--every-kind", "Build a library for notes")).isEqualTo(2);
    assertThat(errors.toString()).contains("--every-kind has prompts of its own");

    assertThat(run("demo", "--every-kind")).as("nothing runs").isEqualTo(1);
  }

  private int run(String command, String... arguments) {
    CommandLine line = Anton.commandLine();
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(errors, true));
    String[] all = new String[arguments.length + 2];
    all[0] = command;
    all[1] = "--data-dir=" + folder;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line.execute(all);
  }
}
