package dev.anton.dispatcher.rate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are leased.
 *
 * @param interval between two leases of one replica, for all its subscriptions together; each is up
 *     to half of it sooner or later, so that no replica always comes just after another
 * @param lead how far ahead tokens are given out; a replica that stands still for less loses none,
 *     and no delivery waits in memory for longer
 * @param grace how late a token may be used; what is not used by then lapses. A tenth of a second
 *     is a tenth of the rate that a second may have too much
 */
@ConfigurationProperties("anton.dispatcher.rate")
public record RateSettings(
    @DefaultValue("50ms") Duration interval,
    @DefaultValue("300ms") Duration lead,
    @DefaultValue("100ms") Duration grace) {}
