package dev.anton.dispatcher.stats;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one look at a webhook may cost.
 *
 * @param newest deliveries looked at, the newest of the window: each is a row read from its table
 * @param timeout when the database gives up
 */
@ConfigurationProperties("anton.stats")
record StatsSettings(@DefaultValue("50000") int newest, @DefaultValue("3s") Duration timeout) {}
