package dev.anton.stack;

import dev.anton.stack.process.LogRotation;
import dev.anton.stack.process.StartException;
import dev.anton.stack.state.ProcessIdentity;
import dev.anton.stack.state.ProcessState;
import dev.anton.stack.state.StackState;
import dev.anton.stack.supervision.Status;
import dev.anton.stack.supervision.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is supervised at the moment; keeps the state file true and the logs bounded. */
final class RunningParts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunningParts.class);

  private static final long MAX_LOG_BYTES = 16L << 20; // three files of it for each part
  private static final Duration ROTATION_PERIOD = Duration.ofSeconds(10);

  private final StackOptions options;
  private final StackListener listener;
  private final Instant startedAt = Instant.now();
  private final Map<Part, Supervisor> supervisors = new LinkedHashMap<>();
  private boolean ready;
  private boolean closing;

  RunningParts(StackOptions options, StackListener listener) {
    this.options = options;
    this.listener = listener;
  }

  /** Returns when all are ready. The first failure stops everything, and is thrown. */
  void startTogether(List<Part> parts) {
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Supervisor supervisor : parts.stream().map(this::add).toList()) {
        threads.execute(() -> start(supervisor, failure));
      }
    }
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private void start(Supervisor supervisor, AtomicReference<@Nullable RuntimeException> failure) {
    try {
      supervisor.start();
    } catch (RuntimeException e) {
      if (failure.compareAndSet(null, e)) {
        close(); // or the others would wait in vain
      }
    }
  }

  /** From now on the state file says that the stack is ready. */
  void markReady() {
    synchronized (this) {
      ready = true;
    }
    writeState();
    Thread.ofVirtual().name("log-rotation").start(this::rotateLogs);
  }

  synchronized List<Status> statuses() {
    return supervisors.values().stream().map(Supervisor::status).toList();
  }

  /** Stops the highest stage first, the parts of one stage together. */
  @Override
  public void close() {
    Map<Part, Supervisor> running;
    synchronized (this) {
      closing = true;
      notifyAll();
      running = new LinkedHashMap<>(supervisors);
    }
    List<Integer> stages =
        running.keySet().stream()
            .map(Part::stage)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int stage : stages) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        running.forEach(
            (part, supervisor) -> {
              if (part.stage() == stage) {
                threads.execute(supervisor::close);
              }
            });
      }
    }
  }

  private synchronized Supervisor add(Part part) {
    if (closing) {
      throw new StartException("The stack was stopped while it was starting.");
    }
    Supervisor supervisor = new Supervisor(part.component(), options.backoff(), this::changed);
    supervisors.put(part, supervisor);
    return supervisor;
  }

  private void changed(Status status) {
    writeState();
    listener.changed(status);
  }

  private synchronized void writeState() {
    Optional<ProcessIdentity> launcher = ProcessIdentity.of(ProcessHandle.current());
    if (launcher.isEmpty()) {
      return;
    }
    List<ProcessState> processes = new ArrayList<>();
    supervisors.forEach((part, supervisor) -> processes.add(state(part, supervisor.status())));
    options
        .data()
        .write(new StackState(launcher.get(), startedAt, ready, options.ports(), processes));
  }

  private static ProcessState state(Part part, Status status) {
    return new ProcessState(
        part.name(),
        part.stage(),
        part.address(),
        part.log().toString(),
        part.stopSignal(),
        status.condition(),
        ProcessHandle.of(status.pid()).flatMap(ProcessIdentity::of).orElse(null),
        status.restarts(),
        status.readyAfter().toMillis());
  }

  private void rotateLogs() {
    while (true) {
      List<Part> parts;
      synchronized (this) {
        if (!closing) {
          try {
            wait(ROTATION_PERIOD.toMillis());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        if (closing || Thread.currentThread().isInterrupted()) {
          return;
        }
        parts = List.copyOf(supervisors.keySet());
      }
      for (Part part : parts) {
        try {
          LogRotation.rotate(part.log(), MAX_LOG_BYTES);
        } catch (IOException e) {
          log.warn("The log of {} could not be rotated: {}", part.name(), e.getMessage());
        }
      }
    }
  }
}
