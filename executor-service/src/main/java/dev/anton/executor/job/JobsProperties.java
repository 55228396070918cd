package dev.anton.executor.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this replica runs jobs.
 *
 * @param maxConcurrent jobs at a time; each has one thread for its plugin. Plugins mostly wait, on
 *     the network or the database, so that there are more than cores
 * @param leaseDuration after which a silent worker's job is taken over; renewed at a third of it,
 *     so that two beats may fail, and short enough for a takeover within 10 s
 * @param pollInterval how soon a job is seen that another replica took in, or whose backoff ended;
 *     those taken in here are seen at once
 * @param defaultTimeout of a job that asks for none: nothing runs for ever
 * @param retryDelay before a failed plugin's second attempt; doubles with each, ±20 %
 * @param maxRetryDelay where the doubling ends
 * @param maxTakeovers how often a job may lose its worker at one plugin; more means that the job is
 *     what kills them
 * @param drainTimeout how long running plugins may finish when this replica stops; with the time to
 *     give the rest back it stays below 20 s
 * @param retention how long a finished job can be asked for
 */
@ConfigurationProperties("anton.jobs")
record JobsProperties(
    @DefaultValue("32") int maxConcurrent,
    @DefaultValue("8s") Duration leaseDuration,
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("1h") Duration defaultTimeout,
    @DefaultValue("1s") Duration retryDelay,
    @DefaultValue("1m") Duration maxRetryDelay,
    @DefaultValue("5") int maxTakeovers,
    @DefaultValue("15s") Duration drainTimeout,
    @DefaultValue("30d") Duration retention) {}
