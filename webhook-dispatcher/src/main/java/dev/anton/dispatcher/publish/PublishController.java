package dev.anton.dispatcher.publish;

import dev.anton.schemas.id.Tenant;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PublishController {

  private final EventPublication publication;

  PublishController(EventPublication publication) {
    this.publication = publication;
  }

  @PostMapping("/api/events")
  ResponseEntity<PublishedEvent> publish(
      Tenant tenant,
      @RequestBody PublishRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
    PublishedEvent event = publication.publish(tenant, request, idempotencyKey, traceparent);
    return ResponseEntity.accepted().location(URI.create("/api/events/" + event.id())).body(event);
  }
}
