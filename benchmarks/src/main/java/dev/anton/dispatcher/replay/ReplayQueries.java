package dev.anton.dispatcher.replay;

import dev.anton.schemas.id.Tenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a replay asks the journal for in one step, and its owner afterwards. */
public final class ReplayQueries {

  private static final int RATE = 200;

  private final ReplayRows replays;
  private final CandidateRows candidates;

  public ReplayQueries(JdbcClient jdbc) {
    this.replays = new ReplayRows(jdbc);
    this.candidates = new CandidateRows(jdbc);
  }

  /**
   * The queries by name.
   *
   * @param webhook of the tenant {@code t0}, with many deliveries
   * @param dead of the tenant {@code t1}, with many dead deliveries
   * @param replay with many deliveries
   */
  public Map<String, Runnable> all(
      String webhook, String dead, String replay, Instant from, Instant to) {
    Map<String, Runnable> all = new LinkedHashMap<>();
    add(all, "a step of a replay: failed", "t0", webhook, ReplaySelection.FAILED, from, to);
    add(all, "… failed, of a webhook that fails", "t1", dead, ReplaySelection.FAILED, from, to);
    add(all, "… all", "t0", webhook, ReplaySelection.ALL, from, to);
    add(all, "… dead letters of a tenant", "t1", null, ReplaySelection.DEAD_LETTERS, from, to);
    all.put("a replay's deliveries by status", () -> replays.deliveries(replay));
    return all;
  }

  private void add(
      Map<String, Runnable> all,
      String name,
      String tenant,
      @Nullable String webhook,
      ReplaySelection selection,
      Instant from,
      Instant to) {
    ReplayOrder order =
        new ReplayOrder(new Tenant(tenant), webhook, selection, from, to, null, null, RATE);
    all.put(name, () -> candidates.next(order, ""));
  }
}
