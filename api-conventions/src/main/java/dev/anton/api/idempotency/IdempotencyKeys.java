package dev.anton.api.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of idempotency keys. The database's clock decides. */
final class IdempotencyKeys {

  private final JdbcClient jdbc;
  private final IdempotencyProperties properties;

  IdempotencyKeys(JdbcClient jdbc, IdempotencyProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** Takes the key if it is free, expired, or left by a request that died before it committed. */
  Claim claim(KeyedRequest request) {
    UUID attempt = UUID.randomUUID();
    int taken =
        jdbc.sql(
                """
                INSERT INTO idempotency_keys AS held
                  (tenant, key_hash, request_hash, attempt, state, claimed_until, expires_at)
                VALUES
                  (:tenant, :key, :request, :attempt, 'running',
                   now() + :claim * interval '1 millisecond',
                   now() + :retention * interval '1 millisecond')
                ON CONFLICT (tenant, key_hash) DO UPDATE
                  SET request_hash = excluded.request_hash, attempt = excluded.attempt,
                      state = 'running', claimed_until = excluded.claimed_until,
                      expires_at = excluded.expires_at, answer = NULL
                  WHERE held.expires_at <= now()
                     OR (held.state = 'running' AND held.claimed_until <= now()
                         AND held.request_hash = excluded.request_hash)
                """)
            .param("tenant", request.tenant().id())
            .param("key", request.keyHash())
            .param("request", request.requestHash())
            .param("attempt", attempt)
            .param("claim", millis(properties.claim()))
            .param("retention", millis(properties.retention()))
            .update();
    return taken == 1 ? new Claim.Granted(request, attempt) : held(request);
  }

  private Claim held(KeyedRequest request) {
    Optional<Claim> held =
        jdbc.sql(
                """
                SELECT request_hash, state, answer
                FROM idempotency_keys
                WHERE tenant = :tenant AND key_hash = :key
                """)
            .param("tenant", request.tenant().id())
            .param("key", request.keyHash())
            .query((row, number) -> held(row, request))
            .optional();
    // Given back between the two statements: the client's next try gets it.
    return held.orElseGet(Claim.InUse::new);
  }

  private static Claim held(ResultSet row, KeyedRequest request) throws SQLException {
    if (!Arrays.equals(row.getBytes("request_hash"), request.requestHash())) {
      return new Claim.Reused();
    }
    return switch (row.getString("state")) {
      case "answered" -> new Claim.Answered(row.getBytes("answer"));
      case "committed" -> new Claim.AnswerLost();
      default -> new Claim.InUse();
    };
  }

  /**
   * Notes that the request took effect; to be called in the transaction that has the effect.
   *
   * @return false if the request was taken over: the transaction must not commit
   */
  boolean markCommitted(Claim.Granted claim) {
    return update(
        """
        UPDATE idempotency_keys SET state = 'committed'
        WHERE tenant = :tenant AND key_hash = :key AND attempt = :attempt
        """,
        claim);
  }

  /** Keeps the answer, if the request was not taken over. */
  void answer(Claim.Granted claim, byte[] answer) {
    jdbc.sql(
            """
            UPDATE idempotency_keys SET state = 'answered', answer = :answer
            WHERE tenant = :tenant AND key_hash = :key AND attempt = :attempt
            """)
        .param("tenant", claim.request().tenant().id())
        .param("key", claim.request().keyHash())
        .param("attempt", claim.attempt())
        .param("answer", answer)
        .update();
  }

  /**
   * Gives the key back, unless the request took effect.
   *
   * @return whether it was given back
   */
  boolean release(Claim.Granted claim) {
    return update(
        """
        DELETE FROM idempotency_keys
        WHERE tenant = :tenant AND key_hash = :key AND attempt = :attempt AND state = 'running'
        """,
        claim);
  }

  /**
   * Deletes rows that have expired.
   *
   * @param max the most rows to delete, so that the statement stays short
   * @return how many were deleted
   */
  int deleteExpired(int max) {
    return jdbc.sql(
            """
            DELETE FROM idempotency_keys
            WHERE (tenant, key_hash) IN (
              SELECT tenant, key_hash FROM idempotency_keys
              WHERE expires_at <= now()
              ORDER BY expires_at
              LIMIT :max
              FOR UPDATE SKIP LOCKED)
            """)
        .param("max", max)
        .update();
  }

  private boolean update(String sql, Claim.Granted claim) {
    return jdbc.sql(sql)
            .param("tenant", claim.request().tenant().id())
            .param("key", claim.request().keyHash())
            .param("attempt", claim.attempt())
            .update()
        == 1;
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }
}
