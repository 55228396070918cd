package dev.anton.dispatcher.offset;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Invariant 5: who sees that nothing is in flight can commit to the end. */
@JCStressTest
@Outcome(
    id = {"1, 10", "1, 11", "0, 11"},
    expect = ACCEPTABLE,
    desc = "Counted no sooner than done.")
@Outcome(expect = FORBIDDEN, desc = "Nothing in flight, and the end cannot be committed.")
@State
public class NothingInFlightMeansDone {

  private final InFlight inFlight = new InFlight();
  private final OffsetTracker tracker = new OffsetTracker(inFlight, 1, 10);
  private final TrackedRecord tracked = tracker.track(10, 1, 0);

  @Actor
  public void acknowledge() {
    tracked.partDone();
  }

  @Actor
  public void poll(II_Result result) {
    result.r1 = (int) inFlight.parts();
    result.r2 = (int) tracker.committable();
  }
}
