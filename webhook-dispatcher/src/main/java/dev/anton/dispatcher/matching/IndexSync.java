package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.SubscriptionChange;
import dev.anton.dispatcher.subscription.SubscriptionFeed;
import dev.anton.dispatcher.subscription.SubscriptionProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings the index up to date with what is stored: everything at first, then what changed since.
 * After a silence so long that tombstones may be gone, everything again.
 */
@Component
class IndexSync {

  private final SubscriptionFeed feed;
  private final InMemorySubscriptionIndex index;
  private final Duration longestSilence;
  private final Clock clock;
  private final Timer timer;

  private @Nullable String watermark;
  private Instant lastSync = Instant.MIN;

  IndexSync(
      SubscriptionFeed feed,
      InMemorySubscriptionIndex index,
      SubscriptionProperties properties,
      Clock clock,
      MeterRegistry metrics) {
    this.feed = feed;
    this.index = index;
    this.longestSilence = properties.tombstoneRetention().dividedBy(2);
    this.clock = clock;
    this.timer = metrics.timer("anton.subscriptions.sync");
    metrics.gauge("anton.subscriptions.indexed", index, InMemorySubscriptionIndex::size);
  }

  /**
   * Reads what is new. When it returns, everything that was committed before the call is matched.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  synchronized void sync() {
    long began = System.nanoTime();
    Instant start = clock.instant();
    if (!index.isLoaded()) {
      List<SubscriptionChange> all = new ArrayList<>();
      watermark = feed.readAll(all::add);
      index.load(all);
    } else if (watermark == null || lastSync.plus(longestSilence).isBefore(start)) {
      Map<String, Long> before = index.liveVersions();
      List<SubscriptionChange> all = new ArrayList<>();
      watermark = feed.readAll(all::add);
      index.reload(before, all);
    } else {
      watermark = feed.readChanges(watermark, index::changed);
    }
    lastSync = start;
    index.forgetOldTombstones();
    timer.record(Duration.ofNanos(System.nanoTime() - began));
  }
}
