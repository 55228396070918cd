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
 */
@ConfigurationProperties("anton.dispatcher.parking")
public record ParkingSettings(
    @DefaultValue("200ms") Duration pollInterval,
    @DefaultValue("1000") int claim,
    @DefaultValue("2048") int inFlight) {}
