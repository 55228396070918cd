package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A look at Linux's processes as {@code /proc} shows them, see proc_pid_stat(5). Empty elsewhere.
 *
 * @param takenAt {@link System#nanoTime()} when it began
 * @param whole whether a process that is not in it is not there; otherwise some could not be read
 * @param entries those that are no zombies
 */
record ProcessTable(long takenAt, boolean whole, List<Entry> entries) {

  private static final Path PROC = Path.of("/proc");

  /** USER_HZ, what the kernel counts times in for its readers; 100 on every platform of the JDK. */
  private static final long TICKS_PER_SECOND = 100;

  /** All who watch at a time share one look. */
  private static final long FRESH_NANOS = 100_000_000;

  private static ProcessTable recent =
      new ProcessTable(System.nanoTime() - FRESH_NANOS, false, List.of());

  /**
   * Which process it is: the kernel gives numbers of processes that have gone to others.
   *
   * @param started ticks after the machine's start
   */
  record ProcessId(long pid, long started) {}

  /**
   * A process.
   *
   * @param zombie whether it has ended and its parent has not asked for its status
   * @param cpuMillis its own, and that of its children which have ended and were waited for
   */
  record Entry(
      ProcessId id,
      boolean zombie,
      long parent,
      long group,
      long session,
      long cpuMillis,
      long threads) {

    long pid() {
      return id.pid();
    }
  }

  Map<Long, Entry> byPid() {
    return entries.stream()
        .collect(Collectors.toMap(Entry::pid, Function.identity(), (one, _) -> one));
  }

  /** A look that is at most a tenth of a second old. */
  static synchronized ProcessTable recent() {
    if (System.nanoTime() - recent.takenAt() >= FRESH_NANOS) {
      recent = now();
    }
    return recent;
  }

  static ProcessTable now() {
    long takenAt = System.nanoTime();
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(PROC)) {
      return new ProcessTable(takenAt, true, entries);
    }
    boolean whole = true;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        try {
          entry(process).filter(entry -> !entry.zombie()).ifPresent(entries::add);
        } catch (IOException e) {
          whole = false;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What has been seen so far counts.
      whole = false;
    }
    return new ProcessTable(takenAt, whole, entries);
  }

  /** One process, zombies too; empty if it has gone or cannot be read. */
  static Optional<Entry> find(long pid) {
    try {
      return entry(PROC.resolve(Long.toString(pid)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Processes and threads of all users. */
  static long tasks() {
    return now().entries().stream().mapToLong(Entry::threads).sum();
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

  /**
   * @return empty for one that has gone, or that is none of our business
   * @throws IOException if it is there and cannot be read: there is no file descriptor left, say
   */
  private static Optional<Entry> entry(Path process) throws IOException {
    String stat;
    try {
      stat = Files.readString(process.resolve("stat"), ISO_8859_1);
    } catch (AccessDeniedException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (Files.exists(process)) {
        throw e;
      }
      return Optional.empty();
    }
    try {
      // pid (name) state ppid pgrp session …; the name may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
      long ticks = 0;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return Optional.of(
          new Entry(
              new ProcessId(
                  Long.parseLong(process.getFileName().toString()), Long.parseLong(fields[19])),
              fields[0].equals("Z") || fields[0].equals("X"),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              ticks * 1000 / TICKS_PER_SECOND,
              Long.parseLong(fields[17])));
    } catch (RuntimeException e) {
      throw new IOException("No process: " + stat, e);
    }
  }
}
