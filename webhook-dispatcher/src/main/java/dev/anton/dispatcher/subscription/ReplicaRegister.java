package dev.anton.dispatcher.subscription;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The replicas that match events and how far each has read. Whoever is silent for longer than the
 * lease is struck off by those that wait for it, and learns of it by its next {@link #applied}: a
 * row's lock decides which of the two comes first.
 */
@Repository
public class ReplicaRegister {

  /**
   * How long a silent replica counts, by the database's clock. 3 s: six rounds, and the longest
   * that a registration waits for a replica that was killed.
   */
  public static final Duration LEASE = Duration.ofSeconds(3);

  private final JdbcClient jdbc;

  public ReplicaRegister(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of a round that begins now: it reads all that committed before a lower one. */
  public long nextRound() {
    return jdbc.sql("select nextval('replica_round')").query(Long.class).single();
  }

  /** Makes the others wait for this replica; to be called before the round that it starts with. */
  public void join(String replica) {
    jdbc.sql(
            """
            insert into replica (id, applied, seen_at) values (?, 0, clock_timestamp())
            on conflict (id) do update set applied = 0, seen_at = excluded.seen_at
            """)
        .param(replica)
        .update();
  }

  /**
   * Says what a replica's index holds, and that it lives.
   *
   * @return false if it was struck off meanwhile: others no longer wait for it
   */
  public boolean applied(String replica, long round) {
    return jdbc.sql("update replica set applied = ?, seen_at = clock_timestamp() where id = ?")
            .param(round)
            .param(replica)
            .update()
        == 1;
  }

  public void leave(String replica) {
    jdbc.sql("delete from replica where id = ?").param(replica).update();
  }

  /**
   * The lowest round that any other replica has applied, once those that were silent for too long
   * are struck off; the highest number if there is no other.
   */
  long appliedByAllBut(String replica) {
    return jdbc.sql(
            """
            with silent as (
              delete from replica
               where id <> :self and seen_at < clock_timestamp() - :lease * interval '1 ms'
              returning id)
            select coalesce(min(applied), 9223372036854775807)
              from replica
             where id <> :self and id not in (select id from silent)
            """)
        .param("self", replica)
        .param("lease", LEASE.toMillis())
        .query(Long.class)
        .single();
  }
}
