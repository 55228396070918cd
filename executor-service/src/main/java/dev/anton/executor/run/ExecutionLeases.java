package dev.anton.executor.run;

import dev.anton.executor.execution.FirstLease;
import dev.anton.executor.schedule.Control;
import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The right to work on executions, and what their holders are asked to do. */
final class ExecutionLeases {

  private static final String OPEN = "status IN ('queued', 'running', 'paused')";

  private final JdbcClient jdbc;
  private final FirstLease first;
  private final LeaseTable due;
  private final LeaseTable toCancel;

  ExecutionLeases(JdbcClient jdbc, String owner, RunProperties properties) {
    this.jdbc = jdbc;
    this.first = new FirstLease(owner, properties.leaseDuration());
    this.due = table(jdbc, OPEN + " AND wake_at <= now()", owner, properties);
    this.toCancel = table(jdbc, "control = 'cancel' AND " + OPEN, owner, properties);
  }

  /** For executions that are queued and begun here at once. */
  FirstLease first() {
    return first;
  }

  /** Takes executions that have something to do, those that waited longest first. */
  List<Lease> claimDue(int max) {
    return due.claim(max);
  }

  /** Takes executions that are to be cancelled and that nobody holds. */
  List<Lease> claimCancelled(int max) {
    return toCancel.claim(max);
  }

  List<Lease> renew(Collection<Lease> leases) {
    return due.renew(leases);
  }

  void release(Lease lease) {
    due.release(lease);
  }

  /** What people want of these executions. */
  Map<String, Control> controls(Collection<String> ids) {
    Map<String, Control> controls = new HashMap<>();
    jdbc.sql("SELECT id, control FROM executions WHERE id = ANY (:ids)")
        .param("ids", ids.toArray(String[]::new))
        .query(
            row -> {
              controls.put(row.getString("id"), Control.of(row.getString("control")));
            });
    return controls;
  }

  private static LeaseTable table(
      JdbcClient jdbc, String claimable, String owner, RunProperties properties) {
    return new LeaseTable(
        jdbc,
        new LeaseTable.Spec(
            "executions", "id", claimable, "wake_at", owner, properties.leaseDuration()));
  }
}
