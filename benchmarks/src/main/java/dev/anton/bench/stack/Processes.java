package dev.anton.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Looks at the processes that take part. */
public final class Processes {

  /** The kernel's unit of time in {@code /proc}; 100 on every Linux that there is. */
  private static final int TICKS_PER_SECOND = 100;

  private Processes() {}

  /** CPU time that a process and its children used. */
  public static Duration cpu(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> ownCpu(each.pid()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** CPU time that this process used, the stack's processes left out. */
  public static Duration ownCpu() {
    return ownCpu(ProcessHandle.current().pid());
  }

  private static Duration ownCpu(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 11; i <= 14; i++) { // user, system, and both of children that ended
        ticks += Long.parseLong(fields[i]);
      }
      return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    } catch (IOException e) {
      return Duration.ZERO; // it ended meanwhile
    }
  }

  /** Sends a signal and returns when it was sent. */
  public static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
