package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What takes the place of the replicas: it claims, works, dies and comes back too late. */
record World(
    Sessions sessions,
    SessionRepository repository,
    SessionWorker worker,
    List<StepWork> works,
    LeaseTable leases,
    JdbcClient jdbc) {

  /**
   * Waits for nothing: the lease of whoever has the session runs out, and no other's does; a
   * session that was postponed, since two removed its folder at a time, say, is due. Empty if there
   * is nothing to do for it any more.
   */
  Optional<Lease> claim(String id) {
    jdbc.sql(
            """
            UPDATE planning_sessions
               SET lease_until = CASE WHEN id = :id THEN now() - interval '1 second'
                                      ELSE now() + interval '1 hour' END,
                   due_at = now()
            """)
        .param("id", id)
        .update();
    return leases.claim(10).stream().filter(lease -> lease.id().equals(id)).findFirst();
  }

  /** Does a step's work and is killed before it commits. */
  void die(Lease lease) {
    Session session = repository.find(lease.id()).orElseThrow();
    for (StepWork work : works) {
      if (work.step() == session.step() && !session.status().isFinal()) {
        try {
          work.work(session, lease);
        } catch (StepFailedException | LeaseLostException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  void step(Lease lease) {
    boolean[] stepped = {false};
    worker.work(
        lease,
        () -> {
          boolean stop = stepped[0];
          stepped[0] = true;
          return stop;
        });
  }
}
