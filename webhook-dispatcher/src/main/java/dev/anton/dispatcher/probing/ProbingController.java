package dev.anton.dispatcher.probing;

import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProbingController {

  private final Probing probing;

  ProbingController(Probing probing) {
    this.probing = probing;
  }

  @PostMapping("/api/webhooks/{id}/test")
  @Operation(
      summary = "Send webhook.test to a webhook now, and answer with the attempt",
      description =
          """
          One attempt, signed and rendered as every delivery is, also while the webhook is paused or \
          disabled. It is not tried again and is in no list. The answer is 200 whatever the endpoint \
          said: `delivered` and `attempt` tell.\
          """)
  ProbeView test(Tenant tenant, @PathVariable String id) {
    return probing.test(tenant, id);
  }
}
