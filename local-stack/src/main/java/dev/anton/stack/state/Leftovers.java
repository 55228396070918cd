package dev.anton.stack.state;

import dev.anton.stack.process.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of a launcher that was killed before it could stop them. */
public final class Leftovers {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private Leftovers() {}

  /**
   * Stops what still runs, stage by stage, and answers with the names of what it stopped. A pid
   * that belongs to somebody else by now is left alone.
   */
  public static List<String> stop(StackState state) {
    List<String> stopped = new ArrayList<>();
    SortedMap<Integer, List<ProcessState>> stages = new TreeMap<>(Comparator.reverseOrder());
    for (ProcessState process : state.processes()) {
      stages.computeIfAbsent(process.stage(), _ -> new ArrayList<>()).add(process);
    }
    for (List<ProcessState> stage : stages.values()) {
      List<ProcessState> running = stage.stream().filter(Leftovers::isRunning).toList();
      running.parallelStream().forEach(Leftovers::stop);
      running.forEach(process -> stopped.add(process.name()));
    }
    return stopped;
  }

  /** Whether anything of it still runs. */
  public static boolean exist(StackState state) {
    return state.processes().stream().anyMatch(Leftovers::isRunning);
  }

  private static boolean isRunning(ProcessState process) {
    return handle(process).isPresent();
  }

  private static Optional<ProcessHandle> handle(ProcessState process) {
    ProcessIdentity identity = process.identity();
    return identity == null ? Optional.empty() : identity.running();
  }

  private static void stop(ProcessState process) {
    handle(process).ifPresent(running -> stop(running, process.stopSignal()));
  }

  private static void stop(ProcessHandle process, StopSignal signal) {
    if (signal.send(process) && ended(process)) {
      return;
    }
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    ended(process);
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
