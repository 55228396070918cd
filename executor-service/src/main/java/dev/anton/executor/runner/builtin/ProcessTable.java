package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Linux's processes as {@code /proc} shows them, see proc_pid_stat(5). Empty elsewhere. */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** USER_HZ, what the kernel counts times in for its readers; 100 on every platform of the JDK. */
  private static final long TICKS_PER_SECOND = 100;

  /** All who watch at a time share one look. */
  private static final long FRESH_NANOS = 100_000_000;

  private static List<Entry> recent = List.of();
  private static long readAt = System.nanoTime() - FRESH_NANOS;

  private ProcessTable() {}

  /**
   * A process that is no zombie.
   *
   * @param cpuMillis its own, and that of its children which have ended and were waited for
   */
  record Entry(long pid, long parent, long group, long session, long cpuMillis, long threads) {}

  /** A look at all processes that is at most a tenth of a second old. */
  static synchronized List<Entry> recent() {
    if (System.nanoTime() - readAt >= FRESH_NANOS) {
      recent = now();
      readAt = System.nanoTime();
    }
    return recent;
  }

  /** A look at all processes. */
  static List<Entry> now() {
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(PROC)) {
      return entries;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        entry(process).ifPresent(entries::add);
      }
    } catch (IOException e) {
      // What has been seen so far counts.
    }
    return entries;
  }

  /** Processes and threads of all users. */
  static long tasks() {
    long tasks = 0;
    for (Entry entry : now()) {
      tasks += entry.threads();
    }
    return tasks;
  }

  /** What a process holds in memory that it shares with no file; 0 for one that has gone. */
  static long memoryBytes(long pid) {
    long kibibytes = 0;
    try {
      for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
        if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:")) {
          kibibytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException | RuntimeException e) {
      return 0;
    }
    return kibibytes << 10;
  }

  /** Whether a process was started with this variable in its environment, or inherited it. */
  static boolean hasVariable(long pid, String variable) {
    try {
      String environment = "\0" + Files.readString(PROC.resolve(pid + "/environ"), ISO_8859_1);
      return environment.contains("\0" + variable + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Entry> entry(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), ISO_8859_1);
      // pid (name) state ppid pgrp session …; the name may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 19);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      long ticks = 0;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return Optional.of(
          new Entry(
              Long.parseLong(process.getFileName().toString()),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              ticks * 1000 / TICKS_PER_SECOND,
              Long.parseLong(fields[17])));
    } catch (IOException | RuntimeException e) {
      // It has gone meanwhile.
      return Optional.empty();
    }
  }
}
