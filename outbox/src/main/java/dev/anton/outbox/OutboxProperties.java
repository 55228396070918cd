package dev.anton.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the relay works.
 *
 * @param batchSize records read and sent at a time; bounds the memory at this times 256 KiB
 * @param pollInterval how soon records are seen that another replica appended
 * @param leaseDuration how long after a replica's death another sends its lanes
 */
@ConfigurationProperties("anton.outbox")
record OutboxProperties(
    @DefaultValue("500") int batchSize,
    @DefaultValue("100ms") Duration pollInterval,
    @DefaultValue("10s") Duration leaseDuration) {}
