package dev.anton.dispatcher.subscription;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What becomes of subscriptions with time; every replica takes its share. */
@Component
class SubscriptionMaintenance {

  private static final Logger log = LoggerFactory.getLogger(SubscriptionMaintenance.class);

  private final EndedRotations rotations;
  private final ExpiredSubscriptions expired;
  private final SubscriptionChanges changes;
  private final SubscriptionProperties properties;
  private final Clock clock;

  SubscriptionMaintenance(
      EndedRotations rotations,
      ExpiredSubscriptions expired,
      SubscriptionChanges changes,
      SubscriptionProperties properties,
      Clock clock) {
    this.rotations = rotations;
    this.expired = expired;
    this.changes = changes;
    this.properties = properties;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${anton.subscriptions.maintenance-interval:5s}")
  void sweep() {
    Instant now = clock.instant();
    int rotated = inBatches(() -> rotations.promote(now));
    int buried =
        inBatches(() -> expired.buryExpired(now))
            + inBatches(() -> expired.buryForgotten(now.minus(properties.jobMaxAge()), now));
    int purged = purge(now.minus(properties.tombstoneRetention()));
    if (rotated + buried + purged > 0) {
      log.info("subscriptions maintained: rotated={} buried={} purged={}", rotated, buried, purged);
    }
  }

  private int inBatches(Supplier<List<SubscriptionChange>> step) {
    int all = 0;
    List<SubscriptionChange> batch;
    do {
      batch = step.get();
      changes.committed(batch);
      all += batch.size();
    } while (batch.size() == ExpiredSubscriptions.BATCH);
    return all;
  }

  private int purge(Instant deletedBefore) {
    int all = 0;
    int batch;
    do {
      batch = expired.purge(deletedBefore);
      all += batch;
    } while (batch == ExpiredSubscriptions.BATCH);
    return all;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableScheduling
  static class Scheduling {}
}
