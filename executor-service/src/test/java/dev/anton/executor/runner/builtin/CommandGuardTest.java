package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CommandGuardTest {

  /**
   * Children that ignore polite requests, one of them with a group of its own. First the whole
   * group is signalled, as scripts do to their children, but never that of whoever runs this.
   */
  private static final String FAMILY =
      """
      import os, signal, time
      assert os.getppid() == os.getpgid(0) == os.getsid(0)
      for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
          before = signal.signal(number, signal.SIG_IGN)
          os.kill(0, number)
          signal.signal(number, before)
      for own in (False, True):
          if os.fork() == 0:
              signal.signal(signal.SIGTERM, signal.SIG_IGN)
              if own:
                  os.setpgid(0, 0)
              print(os.getpid(), flush=True)
              break
      time.sleep(300)
      """;

  @Test
  void nothingOfItOutlivesAnExecutorThatIsKilled() throws Exception {
    Process executor =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Executor.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> family;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(executor.getInputStream(), UTF_8))) {
      family = List.of(pid(lines), pid(lines), pid(lines));
      assertThat(family).allMatch(CommandGuardTest::isAlive);

      executor.destroyForcibly().waitFor();

      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(family).noneMatch(CommandGuardTest::isAlive));
    }
  }

  @Test
  void itsStatusIsTheCommands() throws Exception {
    Process process = start("/bin/sh", "-c", "exit 7");

    assertThat(process.waitFor()).isEqualTo(7);
  }

  @Test
  void aCommandIgnoresNoSignalThatTheExecutorDoesNot() throws Exception {
    Process process = start("/bin/cat", "/proc/self/status");

    String status = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(ignored(status) & ~ignored(Files.readString(Path.of("/proc/self/status")))).isZero();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aSignalThatEndsTheCommandIsItsStatus() throws Exception {
    Process interrupted = start("/bin/sh", "-c", "kill -TERM $$");
    Process killed = start("/bin/sh", "-c", "kill -KILL $$");

    assertThat(interrupted.waitFor()).isEqualTo(128 + 15);
    assertThat(killed.waitFor()).isEqualTo(128 + 9);
    assertThat(killed.getInputStream().readAllBytes()).isEmpty();
  }

  @Test
  void commandsThatEndBeforeTheirGuardHasBegunEndAllTheSame() {
    List<Integer> statuses =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(
                _ -> {
                  try {
                    Process process = start("/bin/sh", "-c", "exit 1");
                    return process.waitFor();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .toList();

    assertThat(statuses).hasSize(400).containsOnly(1);
  }

  /** What a test kills in place of an executor. */
  static final class Executor {

    private Executor() {}

    /** Starts a family and tells its pids, a line each. */
    public static void main(String[] arguments) throws Exception {
      Process process = start("/usr/bin/env", "python3", "-c", FAMILY);
      System.out.println(process.pid());
      process.getInputStream().transferTo(System.out);
    }
  }

  private static Process start(String... arguments) throws IOException {
    CommandLine command =
        new CommandLine(List.of(arguments), Path.of("/tmp"), Map.of("PATH", System.getenv("PATH")));
    return Launcher.start(command, CommandSettings.of(Map.of()).limits(), "ANTON_COMMAND=test");
  }

  /** As a set of bits, see proc_pid_status(5); those above are the C library's own. */
  private static long ignored(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0x7fff_ffffL)
        .sum();
  }

  private static long pid(BufferedReader lines) throws Exception {
    return Long.parseLong(lines.readLine().strip());
  }

  /** A process that was killed and is not reaped yet does nothing any more. */
  private static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }
}
