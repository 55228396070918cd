package dev.anton.dispatcher.replay;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionStatus;
import dev.anton.schemas.id.Tenant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Webhooks to which something is to be delivered again. */
@Component
class ReplayTargets {

  private final SubscriptionIndex subscriptions;

  ReplayTargets(SubscriptionIndex subscriptions) {
    this.subscriptions = subscriptions;
  }

  /**
   * Checks that a client registered it.
   *
   * @throws ProblemException if there is no such webhook of the tenant
   */
  void registered(Tenant tenant, String webhookId) {
    if (find(tenant, webhookId).filter(found -> found.subject() == null).isEmpty()) {
      throw ProblemException.notFound("webhook", webhookId);
    }
  }

  /**
   * Checks that it is delivered to: what is parked for another is skipped at once.
   *
   * @throws ProblemException if it was deleted, or is paused or disabled
   */
  void deliveredTo(Tenant tenant, String webhookId) {
    Subscription subscription =
        find(tenant, webhookId)
            .orElseThrow(
                () ->
                    ProblemException.conflict(
                        "webhook-deleted", "The webhook " + webhookId + " was deleted"));
    if (subscription.status() != SubscriptionStatus.ACTIVE) {
      throw ProblemException.conflict(
          "webhook-not-active",
          "The webhook "
              + webhookId
              + " is paused or disabled; resume it first (POST /api/webhooks/"
              + webhookId
              + "/resume)");
    }
  }

  private Optional<Subscription> find(Tenant tenant, String webhookId) {
    return subscriptions.find(webhookId).filter(found -> found.tenant().equals(tenant));
  }
}
