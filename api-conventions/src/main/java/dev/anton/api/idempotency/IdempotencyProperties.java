package dev.anton.api.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long idempotency keys count.
 *
 * @param retention how long an answer can be had again: longer than any client's own retries
 * @param claim after which a request without an answer counts as dead: twice the 30 s that the
 *     gateway waits for any answer
 * @param sweepInterval between two deletions of expired rows; they count no longer before that
 */
@ConfigurationProperties("anton.api.idempotency")
record IdempotencyProperties(
    @DefaultValue("24h") Duration retention,
    @DefaultValue("60s") Duration claim,
    @DefaultValue("10m") Duration sweepInterval) {}
