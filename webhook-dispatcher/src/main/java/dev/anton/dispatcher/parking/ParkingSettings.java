package dev.anton.dispatcher.parking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How parked deliveries are taken up.
 *
 * @param pollInterval how late a retry may be; the query is one look at the end of an index
 * @param claim rows claimed at a time; a thousand are 1 MiB of usual events
 * @param inFlight retries at a time in this replica, apart from first attempts, so that a million
 *     that are due do not delay one
 * @param sweepInterval how soon what is parked for a subscription that is deleted, paused or
 *     disabled is looked for
 * @param sweepAge how long it must have been parked then: a subscription that this replica does not
 *     know may be too new instead of deleted
 */
@ConfigurationProperties("anton.dispatcher.parking")
public record ParkingSettings(
    @DefaultValue("200ms") Duration pollInterval,
    @DefaultValue("1000") int claim,
    @DefaultValue("2048") int inFlight,
    @DefaultValue("5s") Duration sweepInterval,
    @DefaultValue("10s") Duration sweepAge) {}
