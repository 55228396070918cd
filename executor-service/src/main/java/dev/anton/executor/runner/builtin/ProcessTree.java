package dev.anton.executor.runner.builtin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and all that came from it: its descendants; where it leads a session of its own, also
 * those that let go of their parent; those that began sessions of their own while their parent was
 * looked at; and, when all is to end, those that carry the tree's mark in their environment.
 */
final class ProcessTree {

  /** For processes that clean up behind themselves. */
  private static final Duration POLITE = Duration.ofMillis(500);

  /** A killed process is gone within milliseconds; one in an uninterruptible wait may never be. */
  private static final Duration FORCED = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

  private static final long OUR_SESSION;
  private static final long OUR_GROUP;

  static {
    long pid = ProcessHandle.current().pid();
    Optional<ProcessTable.Entry> ours =
        ProcessTable.now().stream().filter(entry -> entry.pid() == pid).findAny();
    OUR_SESSION = ours.map(ProcessTable.Entry::session).orElse(-1L);
    OUR_GROUP = ours.map(ProcessTable.Entry::group).orElse(-1L);
  }

  private final ProcessHandle root;
  private final boolean leadsSession;
  private final String mark;

  /** Of processes seen so far. A session's id is a process's, so neither is used again soon. */
  private final Set<Long> sessions = new HashSet<>();

  private Set<Long> alive = new HashSet<>();

  /**
   * @param mark a variable of the root's environment, {@code NAME=value}, that no other tree has
   */
  ProcessTree(Process root, boolean leadsSession, String mark) {
    this.root = root.toHandle();
    this.leadsSession = leadsSession;
    this.mark = mark;
    this.alive.add(root.pid());
    if (leadsSession) {
      sessions.add(root.pid());
    }
  }

  /** Asks all to end, then makes them. Not interruptible: an interrupt is kept for the caller. */
  void end() {
    processes().forEach(ProcessHandle::destroy);
    boolean interrupted = awaitEnd(POLITE, false);
    interrupted |= kill();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes all end at once.
   *
   * @return whether the thread was interrupted meanwhile
   */
  boolean kill() {
    boolean interrupted = awaitEnd(FORCED, true);
    Set<ProcessHandle> left = processes();
    if (!left.isEmpty()) {
      log.error("{} processes of the tree of {} do not end", left.size(), root.pid());
    }
    return interrupted;
  }

  /** Those of the tree in a look at all processes. */
  synchronized List<ProcessTable.Entry> members(List<ProcessTable.Entry> table) {
    List<ProcessTable.Entry> members = new ArrayList<>();
    Set<Long> pids = new HashSet<>();
    for (ProcessTable.Entry entry : table) {
      boolean member =
          entry.pid() == root.pid()
              || sessions.contains(entry.session())
              || alive.contains(entry.parent())
              || pids.contains(entry.parent());
      if (member) {
        members.add(entry);
        pids.add(entry.pid());
        adopt(entry);
      }
    }
    alive = pids;
    return members;
  }

  /**
   * A process that was looked at before it had become the leader of its session is still in the one
   * of whoever started it: in ours, which must not be taken for the tree's.
   */
  private void adopt(ProcessTable.Entry entry) {
    if (leadsSession && entry.session() != OUR_SESSION) {
      sessions.add(entry.session());
    }
  }

  private synchronized Set<ProcessHandle> processes() {
    Set<ProcessHandle> processes =
        root.descendants().collect(Collectors.toCollection(HashSet::new));
    processes.add(root);
    if (leadsSession) {
      List<ProcessTable.Entry> table = ProcessTable.now();
      Set<Long> pids =
          members(table).stream().map(ProcessTable.Entry::pid).collect(Collectors.toSet());
      for (ProcessTable.Entry entry : table) {
        if (!pids.contains(entry.pid()) && ProcessTable.hasVariable(entry.pid(), mark)) {
          pids.add(entry.pid());
          adopt(entry);
        }
      }
      pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(processes::add));
    }
    processes.removeIf(process -> !process.isAlive());
    return processes;
  }

  private boolean awaitEnd(Duration patience, boolean kill) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (kill) {
        interrupted |= killGroups();
      }
      Set<ProcessHandle> left = processes();
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

  /**
   * A signal to a group reaches what its members fork meanwhile, too; killing one after another
   * would lose against a fork bomb.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private boolean killGroups() {
    if (!leadsSession) {
      return false;
    }
    List<ProcessTable.Entry> members = members(ProcessTable.now());
    if (members.size() <= 1) {
      // Its handle does.
      return false;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s KILL -- \"$@\" 2>/dev/null", "sh"));
    members.stream()
        .map(ProcessTable.Entry::group)
        .filter(group -> group > 1 && group != OUR_GROUP)
        .distinct()
        .forEach(group -> command.add("-" + group));
    try {
      Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
      kill.getInputStream().close();
      kill.waitFor(1, TimeUnit.SECONDS);
      return false;
    } catch (IOException e) {
      log.warn("Cannot kill the groups of the tree of {}: {}", root.pid(), e.getMessage());
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
