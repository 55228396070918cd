package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.subscription.SubscriptionDisabling;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disables subscriptions whose endpoints are gone, off the delivery threads and once at a time. If
 * it fails, the next delivery meets the same answer and asks again.
 */
final class GoneEndpoints {

  private static final Logger log = LoggerFactory.getLogger(GoneEndpoints.class);

  private final SubscriptionDisabling subscriptions;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  GoneEndpoints(SubscriptionDisabling subscriptions) {
    this.subscriptions = subscriptions;
  }

  void disable(String subscriptionId, String reason) {
    if (running.add(subscriptionId)) {
      Thread.ofVirtual()
          .name("disable-" + subscriptionId)
          .start(
              () -> {
                try {
                  subscriptions.disable(subscriptionId, reason);
                } catch (RuntimeException e) {
                  log.error("Subscription {} could not be disabled", subscriptionId, e);
                } finally {
                  running.remove(subscriptionId);
                }
              });
    }
  }
}
