package dev.anton.lease;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Leases on the rows of one table. The database's clock decides, so replicas need not agree on the
 * time.
 *
 * <p>The table has the columns {@code lease_owner text}, {@code lease_until timestamptz} and {@code
 * fencing_token bigint NOT NULL DEFAULT 0}. A worker's own writes carry {@code AND fencing_token =
 * :token}: once another replica has claimed the row, they change nothing, and the worker stops.
 */
public final class LeaseTable {

  private final JdbcClient jdbc;
  private final Spec spec;
  private final String claim;
  private final String renew;
  private final String release;

  public LeaseTable(JdbcClient jdbc, Spec spec) {
    this.jdbc = jdbc;
    this.spec = spec;
    this.claim =
        """
        UPDATE %1$s
           SET lease_owner = :owner,
               lease_until = now() + make_interval(secs => :seconds),
               fencing_token = fencing_token + 1
         WHERE %2$s IN (
               SELECT %2$s FROM %1$s
                WHERE (%3$s) AND (lease_until IS NULL OR lease_until < now())
                ORDER BY %4$s
                LIMIT :max
                FOR UPDATE SKIP LOCKED)
        RETURNING %2$s AS id, fencing_token
        """
            .formatted(spec.table(), spec.idColumn(), spec.claimable(), spec.orderBy());
    // Locked in the order of their ids, as workers lock the rows that they write: a renewal of many
    // rows in any other order would run into deadlocks with them.
    this.renew =
        """
        UPDATE %1$s AS work
           SET lease_until = now() + make_interval(secs => :seconds)
          FROM (SELECT leased.%2$s AS id
                  FROM %1$s AS leased
                  JOIN unnest(:ids, :tokens) AS held (id, token)
                    ON leased.%2$s = held.id AND leased.fencing_token = held.token
                 WHERE leased.lease_owner = :owner
                 ORDER BY leased.%2$s
                   FOR UPDATE OF leased) AS locked
         WHERE work.%2$s = locked.id
        RETURNING work.%2$s AS id, work.fencing_token
        """
            .formatted(spec.table(), spec.idColumn());
    this.release =
        """
        UPDATE %1$s
           SET lease_owner = NULL, lease_until = NULL
         WHERE %2$s = :id AND fencing_token = :token AND lease_owner = :owner
        """
            .formatted(spec.table(), spec.idColumn());
  }

  /**
   * Takes up to {@code max} rows that nobody holds, or whose holder let the lease run out.
   *
   * @return one lease a row; empty if there is nothing to do
   */
  public List<Lease> claim(int max) {
    if (max <= 0) {
      return List.of();
    }
    return jdbc.sql(claim)
        .param("owner", spec.owner())
        .param("seconds", seconds())
        .param("max", max)
        .query((row, n) -> new Lease(row.getString("id"), row.getLong("fencing_token")))
        .list();
  }

  /**
   * Extends leases, also one that ran out but that nobody else has claimed since.
   *
   * @return those still held; the others are lost and their work must stop
   */
  public List<Lease> renew(Collection<Lease> leases) {
    if (leases.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(renew)
        .param("owner", spec.owner())
        .param("seconds", seconds())
        .param("ids", leases.stream().map(Lease::id).toArray(String[]::new))
        .param("tokens", leases.stream().map(Lease::fencingToken).toArray(Long[]::new))
        .query((row, n) -> new Lease(row.getString("id"), row.getLong("fencing_token")))
        .list();
  }

  /** Gives a row back for others to claim at once; does nothing if the lease was lost. */
  public void release(Lease lease) {
    jdbc.sql(release)
        .param("owner", spec.owner())
        .param("id", lease.id())
        .param("token", lease.fencingToken())
        .update();
  }

  private double seconds() {
    return spec.duration().toMillis() / 1000.0;
  }

  /**
   * Which rows are work and who takes them.
   *
   * @param table name of the table, trusted SQL as are {@code idColumn}, {@code claimable} and
   *     {@code orderBy}
   * @param idColumn a text column that is unique
   * @param claimable condition under which a row has work to do
   * @param orderBy which rows come first
   * @param owner names this replica, unique among those alive and never used by two incarnations
   * @param duration how long a lease lasts without being renewed; renew at a third of it
   */
  public record Spec(
      String table,
      String idColumn,
      String claimable,
      String orderBy,
      String owner,
      Duration duration) {}
}
