package dev.anton.dispatcher.replay;

import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RetryController {

  private final Retries retries;

  RetryController(Retries retries) {
    this.retries = retries;
  }

  @PostMapping("/api/deliveries/{id}/retry")
  @Operation(
      summary = "Make another attempt of a delivery",
      description =
          """
          A finished delivery (`delivered`, `dead`, `skipped`) stays as it is; its event is delivered \
          anew, as a delivery with a `replayId` and the same `webhook-id`. One that waits for its next \
          attempt (`pending`, `retrying`) is made due now. 409 while its webhook is paused, disabled \
          or deleted, or an attempt is being made; 410 if the event is no longer on Kafka.\
          """)
  @ApiResponse(responseCode = "202", description = "Due now; Location is the delivery to look at")
  ResponseEntity<RetryView> retry(Tenant tenant, @PathVariable String id) {
    return accepted(retries.retry(tenant, id));
  }

  @PostMapping("/api/dead-letters/{id}/replay")
  @Operation(
      summary = "Deliver a dead letter again",
      description =
          """
          As a retry of its delivery does: the dead letter stays, and its event is delivered anew, \
          as a delivery with a `replayId` and the same `webhook-id`. 409 while its webhook is \
          paused, disabled or deleted; 410 if Kafka's retention has taken it.\
          """)
  @ApiResponse(responseCode = "202", description = "Due now; Location is the delivery to look at")
  ResponseEntity<RetryView> replayDeadLetter(Tenant tenant, @PathVariable String id) {
    return accepted(retries.deadLetter(tenant, id));
  }

  private static ResponseEntity<RetryView> accepted(RetryView started) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/deliveries/" + started.deliveryId()))
        .body(started);
  }
}
