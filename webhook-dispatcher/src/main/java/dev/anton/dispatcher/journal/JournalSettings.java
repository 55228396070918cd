package dev.anton.dispatcher.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the journal is written and kept.
 *
 * @param batch entries a transaction takes at most; beyond 2,000 the rate no longer grows, only the
 *     wait
 * @param linger how long a small batch waits for company; a delivery does not wait for it, and a
 *     hundred commits a second leave a machine idle that three hundred keep busy
 * @param retention how long events, deliveries and attempts are kept; Kafka keeps the payloads as
 *     long
 * @param daysAhead partitions made in advance, so that a maintenance job that fails for days does
 *     no harm
 * @param maintenance how often partitions are looked after
 */
@ConfigurationProperties("anton.dispatcher.journal")
public record JournalSettings(
    @DefaultValue("2000") int batch,
    @DefaultValue("10ms") Duration linger,
    @DefaultValue("30d") Duration retention,
    @DefaultValue("7") int daysAhead,
    @DefaultValue("1h") Duration maintenance) {}
