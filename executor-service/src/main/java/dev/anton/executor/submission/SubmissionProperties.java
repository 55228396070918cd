package dev.anton.executor.submission;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is accepted for execution.
 *
 * @param maxNodes of a plan; its row and its nodes are written in one transaction
 * @param defaultConcurrency of an execution that asks for none: two builds on a small machine, and
 *     some that wait
 * @param maxConcurrency that an execution may ask for; the replica's own bound is smaller
 */
@ConfigurationProperties("anton.executor.submission")
record SubmissionProperties(
    @DefaultValue("10000") int maxNodes,
    @DefaultValue("4") int defaultConcurrency,
    @DefaultValue("256") int maxConcurrency) {}
