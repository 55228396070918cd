package dev.anton.api.idempotency;

import dev.anton.api.problem.ProblemException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Writes into each transaction of a keyed request that the request took effect, so that both hold
 * or neither does.
 */
final class CommitMark implements TransactionExecutionListener {

  /** Late, because the table's data source is made with the transaction manager. */
  private final Supplier<IdempotencyKeys> keys;

  CommitMark(Supplier<IdempotencyKeys> keys) {
    this.keys = keys;
  }

  @Override
  public void beforeCommit(TransactionExecution transaction) {
    if (!RunningRequest.isPresent() || transaction.isReadOnly()) {
      return;
    }
    if (!keys.get().markCommitted(RunningRequest.current().claim())) {
      throw ProblemException.conflict(
          "idempotency-key-in-use",
          "The request took too long, and a repeat with the same Idempotency-Key took over");
    }
  }

  @Override
  public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
    // A commit that failed may still have taken effect: then the row knows.
    if (RunningRequest.isPresent() && !transaction.isReadOnly() && failure == null) {
      RunningRequest.current().committed();
    }
  }
}
