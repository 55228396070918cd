package dev.anton.dispatcher.replay;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.time.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays as clients start, watch and cancel them. */
@Component
class Replays {

  static final String ID_PREFIX = "rpl_";

  private final ReplayRows rows;
  private final EventLog log;
  private final ReadTopics topics;
  private final TransactionTemplate transactions;
  private final Limits limits;

  Replays(
      ReplayRows rows,
      EventLog log,
      ReadTopics topics,
      TransactionTemplate transactions,
      Limits limits) {
    this.rows = rows;
    this.log = log;
    this.topics = topics;
    this.transactions = transactions;
    this.limits = limits;
  }

  /** What a tenant may have at a time, and the time. */
  @Component
  record Limits(ReplaySettings settings, Clock clock) {}

  /**
   * Starts a replay.
   *
   * @throws ProblemException if it begins before what Kafka has, or the tenant has too many
   */
  ReplayView start(ReplayOrder order) {
    if (order.selection() != ReplaySelection.DEAD_LETTERS) {
      // Dead letters are a log of their own; whatever is gone there is counted.
      checkIsThere(order);
    }
    String id = Ids.next(ID_PREFIX);
    transactions.executeWithoutResult(
        _ -> {
          if (rows.countOpen(order.tenant()) >= limits.settings().openPerTenant()) {
            throw ProblemException.conflict(
                "too-many-replays",
                "A tenant has at most "
                    + limits.settings().openPerTenant()
                    + " replays that are not finished; wait for one or cancel it");
          }
          rows.insert(id, order, limits.clock().instant());
        });
    return get(order.tenant(), id);
  }

  ReplayView get(Tenant tenant, String id) {
    return ReplayView.of(find(tenant, id), rows.deliveries(id));
  }

  /** Newest first. */
  Page<ReplayView> list(Tenant tenant, @Nullable String webhookId, PageRequest page) {
    return Page.of(rows.list(tenant, webhookId, page.after(), page.limit() + 1), page, Replay::id)
        .map(replay -> ReplayView.of(replay, null));
  }

  /**
   * Stops a replay and takes back what it enqueued and nobody attempted yet.
   *
   * @throws ProblemException if it is finished and nothing of it waits
   */
  ReplayView cancel(Tenant tenant, String id) {
    find(tenant, id);
    transactions.executeWithoutResult(
        _ -> {
          rows.lock(id);
          Replay replay = find(tenant, id);
          int skipped = rows.skipUnattempted(id);
          ReplayState state = replay.status().state();
          if (state.isOpen() || skipped > 0) {
            rows.cancel(id);
          } else if (state != ReplayState.CANCELLED) {
            throw ProblemException.conflict(
                "replay-finished",
                "The replay " + id + " is " + state.wireName() + " and nothing of it waits");
          }
        });
    return get(tenant, id);
  }

  private Replay find(Tenant tenant, String id) {
    return rows.find(tenant, id).orElseThrow(() -> ProblemException.notFound("replay", id));
  }

  private void checkIsThere(ReplayOrder order) {
    Instant earliest = log.earliest(topics.of(order.tenant())).orElse(Instant.EPOCH);
    if (order.from().isBefore(earliest)) {
      String detail =
          "Events are kept from "
              + Timestamps.format(earliest)
              + " on; since is that time or a later one";
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "before-earliest-event",
          detail,
          List.of(new FieldError("/since", detail)));
    }
  }
}
