package dev.anton.dispatcher.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.health}.
 *
 * @param disableAfter nothing but failure for that long, and a subscription is disabled. Five days:
 *     longer than a delivery is tried by default (three), so that one lost delivery never does it,
 *     and longer than a weekend with a holiday.
 * @param failingAfter nothing but failure for that long, or an open breaker, and an endpoint counts
 *     as failing; a hiccup neither writes to the database nor has anybody told of its end
 * @param toldEvery at most one {@code webhook.exhausted} and one {@code webhook.recovered} a
 *     subscription in that time; what was exhausted meanwhile is counted in the next
 * @param interval how often what was observed is written down and what others wrote is read; also
 *     how late an event may be
 */
@ConfigurationProperties("anton.health")
public record HealthSettings(
    @DefaultValue("5d") Duration disableAfter,
    @DefaultValue("1m") Duration failingAfter,
    @DefaultValue("10m") Duration toldEvery,
    @DefaultValue("1s") Duration interval) {}
