package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.CommandSettings.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts commands: by {@code setsid}, so that all that comes from one is found, and by {@code
 * prlimit}, so that the kernel bounds each of its processes. Both replace themselves by the
 * command, which no shell interprets; the {@link CommandGuard} ends them with the executor.
 * Elsewhere than on Linux there is neither, and only the time and the output are bounded.
 */
final class Launcher {

  private static final Optional<Path> SETSID = onLinux("setsid");
  private static final Optional<Path> PRLIMIT = onLinux("prlimit");

  /** Between the signal that a process may catch and the one that it may not. */
  private static final int CPU_GRACE_SECONDS = 5;

  /**
   * The kernel counts threads, and those of all processes of a user (not of root): what there is
   * already, and so many for each process that a command may have. A fork bomb ends there.
   */
  private static final int TASKS_OF_A_PROCESS = 8;

  private Launcher() {}

  /** Processes of ours among those of each command. */
  static int guards() {
    return SETSID.isPresent() ? CommandGuard.PROCESSES : 0;
  }

  /** Whether what is started leads a session of its own. */
  static boolean leadsSession() {
    return SETSID.isPresent();
  }

  /**
   * The standard input of the answer is the guard's: to be closed when the process has ended.
   *
   * @param mark name and value of a variable by which its processes are found
   */
  static Process start(CommandLine command, Limits limits, String mark) throws IOException {
    List<String> arguments = new ArrayList<>();
    SETSID.ifPresent(
        setsid -> {
          arguments.add(setsid.toString());
          arguments.addAll(CommandGuard.arguments());
        });
    PRLIMIT.ifPresent(prlimit -> arguments.addAll(limited(prlimit, limits)));
    arguments.addAll(command.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(arguments)
            .directory(command.workingDirectory().toFile())
            .redirectErrorStream(true);
    if (SETSID.isEmpty()) {
      builder.redirectInput(
          ProcessBuilder.Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL")));
    }
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    int equals = mark.indexOf('=');
    builder.environment().put(mark.substring(0, equals), mark.substring(equals + 1));
    return builder.start();
  }

  /**
   * Data, not address space: a JVM and V8 reserve far more addresses than they ever use, and the
   * kernel counts what is private and writable as data (getrlimit(2), since Linux 4.7).
   */
  private static List<String> limited(Path prlimit, Limits limits) {
    ResourceLimits ours = ResourceLimits.current();
    long cpu = ours.within("Max cpu time", limits.cpuSeconds());
    long cpuHard = ours.within("Max cpu time", cpu + CPU_GRACE_SECONDS);
    long tasks = ProcessTable.tasks() + TASKS_OF_A_PROCESS * limits.processes();
    return List.of(
        prlimit.toString(),
        "--cpu=" + cpu + ":" + cpuHard,
        "--data=" + ours.within("Max data size", limits.memoryBytes()),
        "--fsize=" + ours.within("Max file size", limits.fileBytes()),
        "--nproc=" + ours.within("Max processes", tasks),
        "--core=0",
        "--");
  }

  private static Optional<Path> onLinux(String program) {
    return System.getProperty("os.name").equals("Linux")
        ? CommandLine.find(program, "/usr/bin:/bin")
        : Optional.empty();
  }
}
