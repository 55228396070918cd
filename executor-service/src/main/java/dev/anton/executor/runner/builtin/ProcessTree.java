package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.ProcessTable.ProcessId;
import dev.anton.executor.runner.builtin.TreeMembers.Taboo;
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

  private static final Taboo TABOO = new Taboo(ProcessTable.find(ProcessHandle.current().pid()));

  private final ProcessHandle root;

  /** Nothing that is older came from the root. In the kernel's ticks. */
  private final long started;

  private final boolean leadsSession;
  private final String mark;
  private final TreeMembers members;

  /**
   * @param mark a variable of the root's environment, {@code NAME=value}, that no other tree has
   * @throws IOException if the root is alive and cannot be looked at
   */
  ProcessTree(Process root, boolean leadsSession, String mark) throws IOException {
    this.root = root.toHandle();
    this.leadsSession = leadsSession;
    this.mark = mark;
    Optional<ProcessId> id = ProcessTable.find(root.pid()).map(ProcessTable.Entry::id);
    if (leadsSession && id.isEmpty() && root.isAlive()) {
      throw new IOException("The process " + root.pid() + " cannot be looked at");
    }
    this.started = id.map(ProcessTable.ProcessId::started).orElse(0L);
    this.members = new TreeMembers(root.pid(), id, leadsSession, TABOO);
  }

  /** Asks all to end, then makes them. Not interruptible: an interrupt is kept for the caller. */
  void end() {
    Set<ProcessHandle> left = processes();
    if (left.isEmpty()) {
      // One may have been forked behind the first look.
      left = processes();
    }
    if (left.isEmpty()) {
      return;
    }
    left.forEach(ProcessHandle::destroy);
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
  List<ProcessTable.Entry> members(ProcessTable look) {
    return members.in(look);
  }

  private Set<ProcessHandle> processes() {
    Set<ProcessHandle> processes =
        root.descendants().collect(Collectors.toCollection(HashSet::new));
    processes.add(root);
    if (leadsSession) {
      ProcessTable look = ProcessTable.now();
      Set<ProcessId> ids =
          members.in(look).stream().map(ProcessTable.Entry::id).collect(Collectors.toSet());
      for (ProcessTable.Entry entry : look.entries()) {
        if (entry.id().started() >= started
            && !ids.contains(entry.id())
            && ProcessTable.hasVariable(entry.pid(), mark)) {
          ids.add(entry.id());
          members.adopt(entry, look);
        }
      }
      ids.forEach(id -> handle(id).ifPresent(processes::add));
    }
    processes.removeIf(process -> !process.isAlive() || TABOO.process(process.pid()));
    return processes;
  }

  /** The handle keeps the start by itself, so that what it signals is what was looked at. */
  private static Optional<ProcessHandle> handle(ProcessId id) {
    return ProcessHandle.of(id.pid())
        .filter(_ -> ProcessTable.find(id.pid()).filter(now -> now.id().equals(id)).isPresent());
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
    Set<Long> groups = members.groups(ProcessTable.now());
    if (groups.isEmpty()) {
      return false;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s KILL -- \"$@\" 2>/dev/null", "sh"));
    groups.forEach(group -> command.add("-" + group));
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
