package dev.anton.executor.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much this replica takes on, and how soon another takes over.
 *
 * @param maxRunningNodes of all executions together; most wait for processes, so more than cores
 * @param maxHeldExecutions each costs a renewal per heartbeat; more than there are places for
 *     nodes, since an execution between two nodes holds none
 * @param leaseDuration how long after a replica's death its executions are taken over; four missed
 *     heartbeats
 * @param heartbeat between two renewals
 * @param pollInterval how soon is seen what another replica queued or asked for
 * @param maxInterruptions how often a node may lose its executor before it has failed
 * @param maxBackoff between two attempts of a node
 * @param drainPatience how long running nodes may go on when the service stops; below the 25 s that
 *     Spring gives a phase
 */
@ConfigurationProperties("anton.executor")
record RunProperties(
    @DefaultValue("64") int maxRunningNodes,
    @DefaultValue("256") int maxHeldExecutions,
    @DefaultValue("8s") Duration leaseDuration,
    @DefaultValue("2s") Duration heartbeat,
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("3") int maxInterruptions,
    @DefaultValue("5m") Duration maxBackoff,
    @DefaultValue("20s") Duration drainPatience) {}
