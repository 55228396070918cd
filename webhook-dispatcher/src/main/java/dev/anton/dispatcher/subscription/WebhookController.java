package dev.anton.dispatcher.subscription;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/webhooks")
class WebhookController {

  private final Webhooks webhooks;

  WebhookController(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @PostMapping("/register")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = WebhookRegistration.class)))
  ResponseEntity<WebhookView> register(Tenant tenant, @RequestBody JsonNode body) {
    WebhookView view = webhooks.register(tenant, body);
    return ResponseEntity.created(URI.create("/api/webhooks/" + view.id())).body(view);
  }

  @GetMapping
  Page<WebhookView> list(Tenant tenant, PageRequest page) {
    return webhooks.list(tenant, page);
  }

  @GetMapping("/{id}")
  WebhookView get(Tenant tenant, @PathVariable String id) {
    return webhooks.get(tenant, id);
  }

  /** A merge patch (RFC 7396) of a registration. */
  @PatchMapping("/{id}")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = WebhookRegistration.class)))
  WebhookView patch(Tenant tenant, @PathVariable String id, @RequestBody JsonNode body) {
    return webhooks.patch(tenant, id, body);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable String id) {
    webhooks.delete(tenant, id);
  }

  @PostMapping("/{id}/pause")
  WebhookView pause(Tenant tenant, @PathVariable String id) {
    return webhooks.pause(tenant, id);
  }

  @PostMapping("/{id}/resume")
  WebhookView resume(Tenant tenant, @PathVariable String id) {
    return webhooks.resume(tenant, id);
  }

  @PostMapping("/{id}/secret/rotate")
  WebhookView rotate(
      Tenant tenant,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    return webhooks.rotate(tenant, id, body);
  }
}
