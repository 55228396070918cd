package dev.anton.executor.runner.builtin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and all that came from it: its descendants and, where it leads a session of its own,
 * also those that let go of their parent.
 */
final class ProcessTree {

  private static final Path PROC = Path.of("/proc");

  /** For processes that clean up behind themselves. */
  private static final Duration POLITE = Duration.ofMillis(500);

  /** A killed process is gone within milliseconds; one in an uninterruptible wait may never be. */
  private static final Duration FORCED = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

  private final ProcessHandle root;
  private final boolean leadsSession;

  ProcessTree(Process root, boolean leadsSession) {
    this.root = root.toHandle();
    this.leadsSession = leadsSession;
  }

  /** Asks all to end, then makes them. Not interruptible: an interrupt is kept for the caller. */
  void end() {
    members().forEach(ProcessHandle::destroy);
    boolean interrupted = awaitEnd(POLITE, false);
    interrupted |= awaitEnd(FORCED, true);
    if (!members().isEmpty()) {
      log.error("{} processes of the tree of {} do not end", members().size(), root.pid());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those of the tree that are alive. */
  Set<ProcessHandle> members() {
    Set<ProcessHandle> members = root.descendants().collect(Collectors.toCollection(HashSet::new));
    members.add(root);
    if (leadsSession) {
      addSession(members);
    }
    members.removeIf(process -> !process.isAlive());
    return members;
  }

  private boolean awaitEnd(Duration patience, boolean kill) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      Set<ProcessHandle> left = members();
      if (left.isEmpty()) {
        break;
      }
      if (kill) {
        left.forEach(ProcessHandle::destroyForcibly);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private void addSession(Set<ProcessHandle> members) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (sessionOf(process) == root.pid()) {
          Optional<ProcessHandle> handle =
              ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
          handle.ifPresent(members::add);
        }
      }
    } catch (IOException e) {
      log.warn("Cannot look for the processes of session {}: {}", root.pid(), e.getMessage());
    }
  }

  /** The session's id, or -1 for a process that has gone. */
  private static long sessionOf(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      // proc_pid_stat(5): pid (name) state ppid pgrp session …; the name may hold anything.
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      boolean zombie = afterName[0].equals("Z");
      return zombie ? -1 : Long.parseLong(afterName[3]);
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }
}
