package dev.anton.dispatcher.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code GET /api/webhooks/{id}/stats} asks the journal for. */
public final class StatsQueries {

  /** The service's default. */
  private static final int NEWEST = 50_000;

  private final WebhookStats stats;

  public StatsQueries(JdbcClient jdbc) {
    this.stats = new WebhookStats(jdbc, new StatsSettings(NEWEST, Duration.ofSeconds(10)));
  }

  /**
   * The queries by name.
   *
   * @param webhook of the tenant {@code t0}, with many deliveries
   */
  public Map<String, Runnable> all(String webhook, Instant now) {
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("statistics of an hour", () -> stats.count("t0", webhook, now.minusSeconds(3_600)));
    all.put("… of 30 days", () -> stats.count("t0", webhook, now.minusSeconds(30 * 86_400)));
    return all;
  }
}
