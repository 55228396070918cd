package dev.anton.executor.schedule;

/**
 * How an execution is run.
 *
 * @param maxConcurrency nodes that may run at a time; at least 1
 * @param failFast whether nothing new starts after a node has failed; else only what depends on it
 *     is skipped
 * @param maxInterruptions how often a node may lose its executor before it has failed: a node that
 *     takes its executor down with it must not do so for ever
 * @param backoff between the attempts of a node
 */
public record SchedulePolicy(
    int maxConcurrency, boolean failFast, int maxInterruptions, Backoff backoff) {}
