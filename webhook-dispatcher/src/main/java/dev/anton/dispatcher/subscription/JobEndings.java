package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.delivery.EventObserver;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Learns of jobs that ended, so that their subscriptions go after the retention. Fails open: an
 * ending that is lost (the queue is full, the replica dies) leaves a subscription until it is too
 * old.
 */
@Component
public class JobEndings implements EventObserver {

  private static final Set<String> TERMINAL =
      Set.of("job.completed", "job.failed", "job.cancelled");

  /** What a replica sees in a few seconds at hundreds of jobs a second. */
  private static final int CAPACITY = 10_000;

  private final ArrayBlockingQueue<Ended> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final ExpiredSubscriptions subscriptions;
  private final SubscriptionProperties properties;
  private final Clock clock;

  JobEndings(ExpiredSubscriptions subscriptions, SubscriptionProperties properties, Clock clock) {
    this.subscriptions = subscriptions;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public void seen(EventRecord event) {
    if (event.subject() != null && TERMINAL.contains(event.type())) {
      queue.offer(new Ended(event.tenant().id(), event.subject()));
    }
  }

  @Scheduled(fixedDelay = 1_000)
  void flush() {
    List<Ended> ended = new ArrayList<>();
    while (queue.drainTo(ended, ExpiredSubscriptions.BATCH) > 0) {
      subscriptions.expire(
          ended.stream().map(Ended::tenant).toList(),
          ended.stream().map(Ended::job).toList(),
          clock.instant().plus(properties.jobRetention()));
      ended.clear();
    }
  }

  private record Ended(String tenant, String job) {}
}
