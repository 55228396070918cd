package dev.anton.dispatcher.subscription;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.subscriptions}.
 *
 * @param maxPerTenant registered subscriptions of one tenant. 10,000: an event that matches all of
 *     them is ten thousand deliveries from one record, about half a second of one replica.
 * @param jobRetention how long a job's subscription outlives the job's terminal event. An hour
 *     covers the longest schedule that a job can ask for (10 retries, 34 minutes) with room for
 *     jitter; longer would keep hundreds of ended jobs a second in memory.
 * @param jobMaxAge after which a job's subscription goes even if no terminal event was seen. 30
 *     days is what the event log keeps: nothing older could be delivered.
 * @param tombstoneRetention how long a deleted row stays. A replica that did not read changes for
 *     half of it reads everything anew.
 * @param maintenanceInterval between sweeps. 5 s is how late a rotation's grace period may end.
 */
@ConfigurationProperties("anton.subscriptions")
public record SubscriptionProperties(
    @DefaultValue("10000") int maxPerTenant,
    @DefaultValue("1h") Duration jobRetention,
    @DefaultValue("30d") Duration jobMaxAge,
    @DefaultValue("1h") Duration tombstoneRetention,
    @DefaultValue("5s") Duration maintenanceInterval) {}
