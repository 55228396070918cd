package dev.anton.dispatcher.replay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a replay may do.
 *
 * @param rate deliveries a second that one replay enqueues, unless it asked for less or more; 200
 *     are a tenth of what one lane of a prompt endpoint sends
 * @param maxRate the most that it may ask for
 * @param inFlight deliveries of one replay that wait for their first attempt: fewer than a lane's
 *     queue, so that what is new finds room beside them
 * @param inLine deliveries of one replay that are not over yet, those that wait for an earlier one
 *     of their key or for another attempt included; each is a row with its event's bytes, 10 MB of
 *     usual ones
 * @param openPerTenant replays of one tenant that are not finished
 * @param lease after which another replica takes over from one that died; a step takes seconds
 * @param pollInterval how late a step may be
 * @param retention how long a finished replay can be looked at
 */
@ConfigurationProperties("anton.replay")
record ReplaySettings(
    @DefaultValue("200") int rate,
    @DefaultValue("1000") int maxRate,
    @DefaultValue("256") int inFlight,
    @DefaultValue("10000") int inLine,
    @DefaultValue("20") int openPerTenant,
    @DefaultValue("60s") Duration lease,
    @DefaultValue("200ms") Duration pollInterval,
    @DefaultValue("30d") Duration retention) {}
