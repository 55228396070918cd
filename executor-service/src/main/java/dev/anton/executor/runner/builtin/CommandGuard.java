package dev.anton.executor.runner.builtin;

import java.util.List;

/**
 * Keeps a command from outliving the executor, however that ends. In the command's session a guard
 * waits for the other end of a pipe to close, the shell's standard input: the kernel closes it when
 * the executor is gone, even by {@code kill -9}, and the guard then kills the session.
 */
final class CommandGuard {

  /** Processes that it adds to a command's: the shell and the guard. */
  static final int PROCESSES = 2;

  /**
   * The shell leads the session, starts guard and command and waits for both, so that nobody has to
   * reap orphans: in a container that would be the executor. It ends with the command's status.
   *
   * <p>Whoever signals the whole group, as {@code kill 0} in a script does, reaches guard and
   * shell, too, and they outlive it. The guard ignores such signals, from before it is there. The
   * shell catches them, which a program that it starts does not inherit, and starts the command in
   * the foreground: in the background a shell without job control makes a program ignore
   * interrupts.
   *
   * <p>The guard looks through {@code /proc} (proc_pid_stat(5): pid (name) state ppid pgrp session
   * …) since members of the session may have groups of their own, and does so until it finds none:
   * a fork may have been under way. The command gets neither the pipe nor an input; what the shell
   * has to say, that the command was killed for example, is not its output.
   */
  private static final String SCRIPT =
      """
      exec 3<&0 </dev/null
      trap '' HUP INT TERM
      (
        exec >/dev/null 2>&1
        read -r line </proc/self/stat
        guard=${line%% *}
        read -r _ <&3
        again=yes
        while [ -n "$again" ]; do
          again=
          for stat in /proc/[0-9]*/stat; do
            { read -r line <"$stat"; } 2>/dev/null || continue
            process=${line%% *}
            set -- ${line##*) }
            if [ "$4" = "$$" ] && [ "$process" != "$guard" ] && [ "$1" != Z ]; then
              kill -KILL "$process" && again=yes
            fi
          done
        done
      ) &
      guard=$!
      trap : HUP INT TERM
      exec 3<&- 4>&1 >/dev/null 2>&1
      (exec "$@" >&4 2>&4 4>&-)
      status=$?
      kill -KILL "$guard"
      wait "$guard"
      exit "$status"
      """;

  private CommandGuard() {}

  /** What stands before a command that is to be guarded, behind {@code setsid}. */
  static List<String> arguments() {
    return List.of("/bin/sh", "-c", SCRIPT, "anton");
  }
}
