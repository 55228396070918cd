package dev.anton.dispatcher.ordering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deliveries that stand in line are sent.
 *
 * @param claim lines that are looked at in one statement
 * @param inFlight ordered deliveries at a time in this replica, apart from retries and from those
 *     that are not ordered
 * @param walk lines that are walked along in one statement; some 10 µs each
 * @param walkInterval between two such; 100,000 lines take 20 s, and a replica that was killed
 *     delays those that it had no time to claim by as much
 */
@ConfigurationProperties("anton.dispatcher.ordering")
record OrderingSettings(
    @DefaultValue("500") int claim,
    @DefaultValue("2048") int inFlight,
    @DefaultValue("5000") int walk,
    @DefaultValue("1s") Duration walkInterval) {}
