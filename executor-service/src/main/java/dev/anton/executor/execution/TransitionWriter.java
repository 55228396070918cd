package dev.anton.executor.execution;

import dev.anton.executor.execution.Commit.Result;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Commits the transitions of many executions together. While one batch is being committed the next
 * gathers: under load a batch grows to what arrives during one commit (1 to 5 ms with fsync), and
 * without load nobody waits for company.
 *
 * <p>While the database is away a batch is tried again until it is back: nothing is lost, and what
 * was committed although the answer was lost is not written twice.
 */
@Component
public class TransitionWriter implements SmartLifecycle {

  /** Below the pool's size by far; a second lane commits while the first waits for its fsync. */
  private static final int LANES = 2;

  /** Executions per transaction: bounds what a single bad row makes try again one by one. */
  private static final int MAX_BATCH = 200;

  /** Node changes per transaction: keeps a huge cancellation from holding up small steps. */
  private static final int MAX_CHANGES = 2_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(TransitionWriter.class);

  private record Waiting(Commit commit, CompletableFuture<Result> answer) {}

  private final Commits commits;
  private final DistributionSummary batchSize;
  private final List<Lane> lanes = new ArrayList<>();
  private volatile boolean running;

  TransitionWriter(Commits commits, MeterRegistry registry) {
    this.commits = commits;
    this.batchSize =
        DistributionSummary.builder("anton.transitions.batch.size")
            .description("Executions whose transitions were committed together")
            .register(registry);
    for (int i = 0; i < LANES; i++) {
      lanes.add(new Lane());
    }
  }

  /**
   * Hands a decision over; the caller has at most one of an execution on its way.
   *
   * @return completes when it is committed or refused; exceptionally if it can never be committed,
   *     or the service stops
   */
  public CompletableFuture<Result> write(Commit commit) {
    Waiting waiting = new Waiting(commit, new CompletableFuture<>());
    // By key: two lanes never wait for each other's stream rows.
    int lane = Math.floorMod(commit.definition().streamKey().hashCode(), LANES);
    lanes.get(lane).queue.add(waiting);
    return waiting.answer();
  }

  @Override
  public void start() {
    running = true;
    for (int i = 0; i < LANES; i++) {
      Thread.ofPlatform().name("transitions-" + i).daemon().start(lanes.get(i));
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts before and stops after those who hand decisions over. */
  @Override
  public int getPhase() {
    return 1_000;
  }

  private final class Lane implements Runnable {

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

    @Override
    public void run() {
      List<Waiting> batch = new ArrayList<>();
      while (running || !queue.isEmpty()) {
        try {
          Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
          if (first != null) {
            gather(first, batch);
            commit(batch);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        } finally {
          batch.clear();
        }
      }
    }

    private void gather(Waiting first, List<Waiting> batch) {
      int changes = 0;
      for (Waiting next = first; next != null; next = queue.poll()) {
        batch.add(next);
        changes += next.commit().decision().nodes().size();
        if (batch.size() == MAX_BATCH || changes >= MAX_CHANGES) {
          return;
        }
      }
    }

    private void commit(List<Waiting> batch) throws InterruptedException {
      Duration pause = FIRST_PAUSE;
      while (true) {
        try {
          List<Result> results = commits.write(batch.stream().map(Waiting::commit).toList());
          batchSize.record(batch.size());
          for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(results.get(i));
          }
          return;
        } catch (RuntimeException | Error e) {
          // An error too: without the lane all whose turn ends here would wait for ever.
          if (!passes(e)) {
            isolate(batch, e);
            return;
          }
          if (!running) {
            batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
            return;
          }
          log.warn(
              "Cannot commit {} transitions, trying again in {} ms: {}",
              batch.size(),
              pause.toMillis(),
              e.getMessage());
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }

    /** One bad commit must not take the others of its batch with it. */
    private void isolate(List<Waiting> batch, Throwable cause) throws InterruptedException {
      if (batch.size() == 1) {
        batch.getFirst().answer().completeExceptionally(cause);
        return;
      }
      for (Waiting waiting : batch) {
        commit(List.of(waiting));
      }
    }
  }

  /** Whether the same statements may succeed later. */
  private static boolean passes(Throwable failure) {
    return switch (failure) {
      case TransientDataAccessException _, RecoverableDataAccessException _ -> true;
      case NonTransientDataAccessResourceException _ -> true;
      case UncategorizedSQLException _ -> true;
      case TransactionException _ -> true;
      default -> false;
    };
  }
}
