package dev.anton.executor.job;

import dev.anton.lease.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A job as the worker that holds its lease knows it.
 *
 * @param completed the results so far, in order
 * @param remaining of the job's time, when it was claimed
 * @param claimsWithoutOutcome this one included; more than one means that a worker died
 */
record ClaimedJob(
    Lease lease,
    Job job,
    List<CompletedPlugin> completed,
    Duration remaining,
    int claimsWithoutOutcome) {

  ClaimedJob {
    completed = List.copyOf(completed);
  }

  /** The same after one more plugin has succeeded. */
  ClaimedJob with(CompletedPlugin plugin) {
    List<CompletedPlugin> more = new ArrayList<>(completed);
    more.add(plugin);
    Job next =
        new Job(
            job.id(),
            job.tenant(),
            job.definition(),
            job.status(),
            job.completedPlugins() + 1,
            1,
            null,
            job.times());
    return new ClaimedJob(lease, next, more, remaining, 0);
  }
}
