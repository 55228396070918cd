package dev.anton.planner.model;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What calls of the model have cost, kept in PostgreSQL so that all replicas share one budget, and
 * so that a session that is taken over goes on with what it has left.
 *
 * <p>A call is charged with the most it can cost before it is made, and corrected after. Whoever
 * dies in between leaves the higher charge: budgets fail closed.
 */
final class Spending {

  /** How long single calls can be looked up. */
  private static final int KEPT_DAYS = 90;

  /** Of all replicas one looks and charges at a time; both take a millisecond. */
  private static final long LOCK = 0x616e746f6e6c6c6dL;

  /** What a session has used, or a day. */
  record Used(BigDecimal session, BigDecimal today, long sessionTokens) {}

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ModelProperties properties;
  private final Clock clock;

  Spending(
      JdbcClient jdbc,
      TransactionOperations transactions,
      ModelProperties properties,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Charges the session with a call that is about to be made.
   *
   * @param most tokens that the call can take
   * @return what {@link #settle} wants to know
   * @throws BudgetUsedUpException if there is too little left; nothing is charged then
   */
  long charge(String sessionId, TokenCount most) throws BudgetUsedUpException {
    BudgetUsedUpException[] usedUp = new BudgetUsedUpException[1];
    Long charge =
        transactions.execute(
            _ -> {
              try {
                return chargeWithinBudget(sessionId, most);
              } catch (BudgetUsedUpException e) {
                usedUp[0] = e;
                return null;
              }
            });
    if (usedUp[0] != null) {
      throw usedUp[0];
    }
    return Objects.requireNonNull(charge);
  }

  private Long chargeWithinBudget(String sessionId, TokenCount most) throws BudgetUsedUpException {
    jdbc.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query().singleRow();
    BigDecimal cost = properties.prices().of(most);
    check(used(sessionId), cost, most);
    jdbc.sql("DELETE FROM model_calls WHERE day < :day")
        .param("day", today().minusDays(KEPT_DAYS))
        .update();
    return jdbc.sql(
            """
            INSERT INTO model_calls (session_id, day, model, input_tokens, output_tokens, cost)
            VALUES (:session, :day, :model, :input, :output, :cost)
            RETURNING id
            """)
        .param("session", sessionId)
        .param("day", today())
        .param("model", properties.name())
        .param("input", most.input())
        .param("output", most.output())
        .param("cost", cost)
        .query(Long.class)
        .single();
  }

  /** Replaces the charge by what the call took. */
  void settle(long charge, TokenCount taken) {
    jdbc.sql(
            """
            UPDATE model_calls
               SET input_tokens = :input, output_tokens = :output, cost = :cost, settled = true
             WHERE id = :id
            """)
        .param("id", charge)
        .param("input", taken.input())
        .param("output", taken.output())
        .param("cost", properties.prices().of(taken))
        .update();
  }

  Used used(String sessionId) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(cost) FILTER (WHERE session_id = :session), 0) AS session,
                   coalesce(sum(cost) FILTER (WHERE day = :day), 0) AS today,
                   coalesce(sum(input_tokens + output_tokens)
                            FILTER (WHERE session_id = :session), 0) AS tokens
              FROM model_calls
             WHERE day = :day OR session_id = :session
            """)
        .param("session", sessionId)
        .param("day", today())
        .query(
            (row, n) ->
                new Used(
                    row.getBigDecimal("session"),
                    row.getBigDecimal("today"),
                    row.getLong("tokens")))
        .single();
  }

  private void check(Used used, BigDecimal cost, TokenCount most) throws BudgetUsedUpException {
    ModelProperties.Prices prices = properties.prices();
    if (used.sessionTokens() + most.sum() > properties.limits().maxTokens()) {
      throw new BudgetUsedUpException(
          "tokens",
          "The language model would take more than the %d tokens of a session"
              .formatted(properties.limits().maxTokens()));
    }
    if (exceeds(used.session(), cost, prices.sessionBudget())) {
      throw new BudgetUsedUpException(
          "session-budget", "The session has used up what it may spend on the language model");
    }
    if (exceeds(used.today(), cost, prices.dailyBudget())) {
      throw new BudgetUsedUpException(
          "daily-budget", "What may be spent on the language model today is used up");
    }
  }

  private static boolean exceeds(BigDecimal used, BigDecimal cost, @Nullable BigDecimal budget) {
    return budget != null && used.add(cost).compareTo(budget) > 0;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
