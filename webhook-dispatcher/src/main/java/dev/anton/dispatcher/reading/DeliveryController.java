package dev.anton.dispatcher.reading;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.matching.SubscriptionIndex;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DeliveryController {

  private final DeliveryReads reads;
  private final SubscriptionIndex subscriptions;

  DeliveryController(DeliveryReads reads, SubscriptionIndex subscriptions) {
    this.reads = reads;
    this.subscriptions = subscriptions;
  }

  @GetMapping("/api/webhooks/{id}/deliveries")
  @Operation(
      summary = "A webhook's deliveries, newest first",
      description =
          """
          `status` is one of `pending`, `delivered`, `retrying`, `dead`, `skipped`; `event` an \
          event's name; `since` (inclusive) and `until` (exclusive) are of when a delivery was made.\
          """)
  Page<DeliveryView> ofWebhook(
      Tenant tenant,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable Instant until,
      PageRequest page) {
    if (subscriptions.find(id).filter(found -> found.tenant().equals(tenant)).isEmpty()) {
      throw ProblemException.notFound("webhook", id);
    }
    return Page.of(
        reads.ofWebhook(
            tenant, id, DeliveryStatus.parse(status), event, new TimeRange(since, until), page),
        page,
        DeliveryView::id);
  }

  @GetMapping("/api/deliveries/{id}")
  @Operation(summary = "A delivery with each of its attempts")
  DeliveryView get(Tenant tenant, @PathVariable String id) {
    DeliveryView delivery =
        reads.find(tenant, id).orElseThrow(() -> ProblemException.notFound("delivery", id));
    return delivery.withLog(reads.attempts(id, delivery.event().timestamp()));
  }
}
