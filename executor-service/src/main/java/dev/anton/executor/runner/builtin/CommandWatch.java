package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.CommandSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a command's processes five times a second and kills them all when together they use more
 * than they may. What happens between two looks is bounded by the limits of each process.
 */
final class CommandWatch implements Runnable, AutoCloseable {

  private static final long PAUSE_MILLIS = 200;

  private static final Logger log = LoggerFactory.getLogger(CommandWatch.class);

  private final ProcessTree tree;
  private final Limits limits;
  private final Path project;
  private final Thread thread;
  private boolean failed;
  private volatile boolean over;
  private volatile @Nullable String exceeded;

  private CommandWatch(ProcessTree tree, Limits limits, Path project, long pid) {
    this.tree = tree;
    this.limits = limits;
    this.project = project;
    // A platform thread: reading /proc would hold a virtual one's carrier.
    this.thread = Thread.ofPlatform().daemon().name("watch-" + pid).unstarted(this);
  }

  static CommandWatch start(ProcessTree tree, Limits limits, Path project, long pid) {
    CommandWatch watch = new CommandWatch(tree, limits, project, pid);
    watch.thread.start();
    return watch;
  }

  /** What the command had used too much of when it was killed, as a sentence. */
  Optional<String> exceeded() {
    return Optional.ofNullable(exceeded);
  }

  @Override
  public void run() {
    while (!over && !hasKilled()) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Ends the watch and waits for it. */
  @Override
  public void close() {
    over = true;
    if (exceeded == null) {
      thread.interrupt();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A look that fails is made again: without the next ones there would be no limits. */
  private boolean hasKilled() {
    try {
      String tooMuch = tooMuch();
      if (tooMuch == null || over) {
        return false;
      }
      exceeded = tooMuch;
      tree.kill();
      return true;
    } catch (RuntimeException e) {
      if (!failed) {
        failed = true;
        log.warn("{} cannot see what its command uses", thread.getName(), e);
      }
      return false;
    }
  }

  private @Nullable String tooMuch() {
    List<ProcessTable.Entry> members = tree.members(ProcessTable.recent());
    if (members.size() > limits.processes() + Launcher.guards()) {
      return "The command had more than " + limits.processes() + " processes and was ended";
    }
    long cpu = members.stream().mapToLong(ProcessTable.Entry::cpuMillis).sum();
    if (cpu > limits.cpuSeconds() * 1000) {
      return "The command used more than " + limits.cpuSeconds() + " s of CPU time and was ended";
    }
    long memory = members.stream().mapToLong(e -> ProcessTable.memoryBytes(e.pid())).sum();
    if (memory > limits.memoryBytes()) {
      return "The command used more than "
          + limits.memoryBytes()
          + " bytes of memory and was ended";
    }
    try {
      if (Files.getFileStore(project).getUsableSpace() < limits.freeDiskBytes()) {
        return "The command was ended: less than %d bytes are free on the project's disk"
            .formatted(limits.freeDiskBytes());
      }
    } catch (IOException e) {
      // The folder has gone; the command will notice.
    }
    return null;
  }
}
