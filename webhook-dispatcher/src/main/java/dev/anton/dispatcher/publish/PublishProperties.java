package dev.anton.dispatcher.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.publish}.
 *
 * @param deliveryTimeout how long the brokers may take to acknowledge an event. 10 s outlives the
 *     election of a new leader; whoever waits longer would rather be told and try again.
 * @param keyRetention how long an Idempotency-Key stands for its event: as long as the API keeps
 *     answers, and an hour for clocks that differ
 */
@ConfigurationProperties("anton.publish")
record PublishProperties(
    @DefaultValue("10s") Duration deliveryTimeout, @DefaultValue("25h") Duration keyRetention) {}
