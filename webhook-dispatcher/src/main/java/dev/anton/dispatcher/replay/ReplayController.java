package dev.anton.dispatcher.replay;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@RestController
class ReplayController {

  private final Replays replays;
  private final ReplayOrders orders;
  private final ReplayTargets targets;

  ReplayController(Replays replays, ReplayOrders orders, ReplayTargets targets) {
    this.replays = replays;
    this.orders = orders;
    this.targets = targets;
  }

  @PostMapping("/api/webhooks/{id}/replay")
  @Operation(
      summary = "Deliver past events to a webhook again",
      description =
          """
          A job: it is bounded in how fast it enqueues and in how much of it waits, so that new \
          events go on arriving, and it survives restarts. No event is delivered twice by one \
          replay. 400 `before-earliest-event` if `since` is before the oldest record on Kafka; 409 \
          while the webhook is paused or disabled.\
          """)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = ReplayRequest.class)))
  @ApiResponse(responseCode = "202", description = "Queued; Location is the replay to look at")
  ResponseEntity<ReplayView> replay(
      Tenant tenant, @PathVariable String id, @RequestBody JsonNode body) {
    targets.registered(tenant, id);
    ReplayOrder order = orders.ofWebhook(tenant, id, body);
    targets.deliveredTo(tenant, id);
    return accepted(replays.start(order));
  }

  @PostMapping("/api/dead-letters/replay")
  @Operation(
      summary = "Deliver dead letters again",
      description =
          """
          A job, as a webhook's replay is. Those whose event has arrived by another delivery since, \
          or is on its way, are left out; those whose webhook is paused, disabled or deleted are \
          passed over and counted.\
          """)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = ReplayRequest.OfDeadLetters.class)))
  @ApiResponse(responseCode = "202", description = "Queued; Location is the replay to look at")
  ResponseEntity<ReplayView> replayDeadLetters(
      Tenant tenant, @RequestBody(required = false) @Nullable JsonNode body) {
    ReplayOrder order =
        orders.ofDeadLetters(tenant, body == null ? JsonNodeFactory.instance.objectNode() : body);
    if (order.webhookId() != null) {
      targets.registered(tenant, order.webhookId());
      targets.deliveredTo(tenant, order.webhookId());
    }
    return accepted(replays.start(order));
  }

  @GetMapping("/api/replays/{id}")
  @Operation(summary = "How far a replay is, and what became of its deliveries")
  ReplayView get(Tenant tenant, @PathVariable String id) {
    return replays.get(tenant, id);
  }

  @GetMapping("/api/replays")
  @Operation(summary = "Replays, newest first")
  Page<ReplayView> list(
      Tenant tenant, @RequestParam(required = false) @Nullable String webhookId, PageRequest page) {
    return replays.list(tenant, webhookId, page);
  }

  @GetMapping("/api/webhooks/{id}/replays")
  @Operation(summary = "A webhook's replays, newest first")
  Page<ReplayView> ofWebhook(Tenant tenant, @PathVariable String id, PageRequest page) {
    targets.registered(tenant, id);
    return replays.list(tenant, id, page);
  }

  @PostMapping("/api/replays/{id}/cancel")
  @Operation(
      summary = "Cancel a replay",
      description =
          """
          Nothing more is enqueued, and what was not attempted yet is skipped. What was attempted \
          once goes on. 409 `replay-finished` if there is nothing to cancel.\
          """)
  ReplayView cancel(Tenant tenant, @PathVariable String id) {
    return replays.cancel(tenant, id);
  }

  private static ResponseEntity<ReplayView> accepted(ReplayView replay) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/replays/" + replay.id()))
        .body(replay);
  }
}
