package dev.anton.dispatcher.offset;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Invariants 1 and 2: the polling thread looks twice while two records become done. */
@JCStressTest
@Outcome(
    id = {"10, 10", "10, 11", "10, 12", "11, 11", "11, 12", "12, 12"},
    expect = ACCEPTABLE,
    desc = "The end of the done prefix, and never back.")
@Outcome(expect = FORBIDDEN, desc = "It went back, or over a record that is not done.")
@State
public class CommitWhileAcknowledged {

  private final OffsetTracker tracker = new OffsetTracker(new InFlight(), 1, 10);
  private final TrackedRecord ten = tracker.track(10, 1, 0);
  private final TrackedRecord eleven = tracker.track(11, 1, 0);

  @Actor
  public void later() {
    eleven.partDone();
  }

  @Actor
  public void earlier() {
    ten.partDone();
  }

  @Actor
  public void poll(II_Result result) {
    result.r1 = (int) tracker.committable();
    result.r2 = (int) tracker.committable();
  }
}
