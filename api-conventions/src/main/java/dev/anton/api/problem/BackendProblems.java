package dev.anton.api.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What the failures of PostgreSQL and Kafka mean to a client. */
final class BackendProblems {

  /**
   * character_not_in_repertoire and untranslatable_character: PostgreSQL stores no NUL, and no JSON
   * that has one.
   */
  private static final Set<String> TEXT_STATES = Set.of("22021", "22P05");

  /** Classes 08 (connection), 53 (out of resources), 57 (shutting down, cancelled). */
  private static final List<String> AWAY_STATES = List.of("08", "53", "57");

  private BackendProblems() {}

  static ProblemSource database() {
    return BackendProblems::databaseProblem;
  }

  static ProblemSource kafka() {
    return failure ->
        Causes.find(failure, RetriableException.class) == null
            ? null
            : unavailable("The event log cannot be reached right now; try again");
  }

  private static @Nullable Problem databaseProblem(Throwable failure) {
    SQLException sql = Causes.find(failure, SQLException.class);
    String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    if (TEXT_STATES.contains(state)) {
      return Problem.of(
          HttpStatus.BAD_REQUEST, "invalid-text", "Text cannot have the character U+0000 in it");
    }
    if (Causes.find(failure, OptimisticLockingFailureException.class) != null) {
      return Problem.of(
          HttpStatus.CONFLICT,
          "conflict",
          "Someone else changed this at the same moment; read it again and repeat");
    }
    if (Causes.find(failure, DuplicateKeyException.class) != null) {
      return Problem.of(HttpStatus.CONFLICT, "conflict", "Something like this exists already");
    }
    return isAway(failure, state)
        ? unavailable("The database cannot be reached right now; try again")
        : null;
  }

  private static boolean isAway(Throwable failure, String state) {
    return Causes.find(failure, DataAccessResourceFailureException.class) != null
        || Causes.find(failure, TransientDataAccessException.class) != null
        || Causes.find(failure, CannotCreateTransactionException.class) != null
        || Causes.find(failure, TransactionSystemException.class) != null
        || AWAY_STATES.stream().anyMatch(state::startsWith);
  }

  private static Problem unavailable(String detail) {
    return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail);
  }
}
