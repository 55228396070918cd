package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.ProcessTable.ProcessId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who belongs to a process tree, from one look at the process table to the next: who belonged to it
 * before, whose parent does, and who is in a session of it. The kernel gives the numbers of
 * processes and sessions that have gone to others, which must not be taken for the tree's:
 * processes are known by their start, too, and sessions are forgotten when they are empty.
 */
final class TreeMembers {

  /** In place of the start of a session's leader that had gone when its session was first seen. */
  private static final long GONE = -1;

  /**
   * How long an empty session is remembered: a look takes a moment, and may miss a process that
   * forks and ends meanwhile. No kernel has used all its numbers up by then.
   */
  private static final Duration EMPTY = Duration.ofSeconds(1);

  /**
   * A session of the tree.
   *
   * @param leader when its leader was started
   * @param seenAt when it had a member
   */
  private record Session(long leader, long seenAt) {}

  /**
   * What must never be signalled.
   *
   * @param ours the executor; empty if it cannot be looked up, and then nothing but the root and
   *     its children is a member
   */
  record Taboo(Optional<ProcessTable.Entry> ours) {

    boolean process(long pid) {
      return pid <= 1 || ours.map(entry -> entry.pid() == pid).orElse(false);
    }

    boolean session(long session) {
      return session <= 1 || ours.map(entry -> entry.session() == session).orElse(true);
    }

    boolean group(long group) {
      return group <= 1 || ours.map(entry -> entry.group() == group).orElse(true);
    }
  }

  private final Taboo taboo;
  private final boolean leadsSession;
  private final Set<ProcessId> known = new HashSet<>();
  private final Map<Long, Session> sessions = new HashMap<>();
  private long lookedAt = System.nanoTime();

  /**
   * @param root its number, and its start unless it has gone
   * @param leadsSession whether the root leads, or is about to lead, a session of its own
   */
  TreeMembers(long root, Optional<ProcessId> id, boolean leadsSession, Taboo taboo) {
    this.taboo = taboo;
    this.leadsSession = leadsSession;
    id.ifPresent(known::add);
    if (leadsSession) {
      sessions.put(root, new Session(id.map(ProcessId::started).orElse(GONE), lookedAt));
    }
  }

  /** Those of the tree in a look at all processes. */
  synchronized List<ProcessTable.Entry> in(ProcessTable look) {
    if (look.takenAt() - lookedAt < 0) {
      // In an older one, a number of the tree's may still be somebody else's.
      return look.entries().stream().filter(entry -> known.contains(entry.id())).toList();
    }
    lookedAt = look.takenAt();
    Map<Long, ProcessTable.Entry> byPid = look.byPid();
    sessions.entrySet().removeIf(session -> isOthers(session.getKey(), session.getValue(), byPid));
    Map<ProcessId, ProcessTable.Entry> members = new LinkedHashMap<>();
    // A child may have a lower number than its parent.
    for (boolean grown = true; grown; ) {
      grown = false;
      for (ProcessTable.Entry entry : look.entries()) {
        if (!members.containsKey(entry.id()) && belongs(entry, byPid, members)) {
          members.put(entry.id(), entry);
          adoptSession(entry, byPid, look);
          grown = true;
        }
      }
    }
    if (look.whole()) {
      known.retainAll(members.keySet());
      sessions.values().removeIf(session -> lookedAt - session.seenAt() > EMPTY.toNanos());
    }
    known.addAll(members.keySet());
    return List.copyOf(members.values());
  }

  /** Takes in a process that is known to be the tree's by other means. */
  synchronized void adopt(ProcessTable.Entry entry, ProcessTable look) {
    if (!taboo.process(entry.pid())) {
      known.add(entry.id());
      adoptSession(entry, look.byPid(), look);
    }
  }

  /** The groups that have members of the tree and no others. */
  synchronized Set<Long> groups(ProcessTable look) {
    if (!look.whole()) {
      return Set.of();
    }
    Set<ProcessId> members =
        in(look).stream().map(ProcessTable.Entry::id).collect(Collectors.toSet());
    Set<Long> own = new HashSet<>();
    Set<Long> others = new HashSet<>();
    for (ProcessTable.Entry entry : look.entries()) {
      (members.contains(entry.id()) ? own : others).add(entry.group());
    }
    own.removeAll(others);
    own.removeIf(taboo::group);
    return own;
  }

  private boolean belongs(
      ProcessTable.Entry entry,
      Map<Long, ProcessTable.Entry> byPid,
      Map<ProcessId, ProcessTable.Entry> members) {
    if (taboo.process(entry.pid())) {
      return false;
    }
    ProcessTable.Entry parent = byPid.get(entry.parent());
    return known.contains(entry.id())
        || sessions.containsKey(entry.session())
        || (parent != null && members.containsKey(parent.id()));
  }

  /** Whether a session's number has been given to others: its leader is another process. */
  private static boolean isOthers(
      long number, Session session, Map<Long, ProcessTable.Entry> byPid) {
    ProcessTable.Entry leader = byPid.get(number);
    return leader != null && leader.id().started() != session.leader();
  }

  /**
   * A process that was looked at before it had become the leader of its session is still in the one
   * of whoever started it: in ours, which must not be taken for the tree's.
   */
  private void adoptSession(
      ProcessTable.Entry entry, Map<Long, ProcessTable.Entry> byPid, ProcessTable look) {
    if (!leadsSession || taboo.session(entry.session())) {
      return;
    }
    Session before = sessions.get(entry.session());
    ProcessTable.Entry leader = byPid.get(entry.session());
    if (before != null) {
      sessions.put(entry.session(), new Session(before.leader(), look.takenAt()));
    } else if (leader != null || look.whole()) {
      sessions.put(
          entry.session(),
          new Session(leader == null ? GONE : leader.id().started(), look.takenAt()));
    }
  }
}
