package dev.anton.dispatcher.offset;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Invariants 1, 4 and 5: two parts of one record become durable at the same time. */
@JCStressTest
@Outcome(id = "11, 0, 0", expect = ACCEPTABLE, desc = "Done, once.")
@Outcome(expect = FORBIDDEN, desc = "An acknowledgement was lost or counted twice.")
@State
public class AllPartsAtOnce {

  private final InFlight inFlight = new InFlight();
  private final OffsetTracker tracker = new OffsetTracker(inFlight, 1, 10);
  private final TrackedRecord tracked = tracker.track(10, 2, 100);

  @Actor
  public void one() {
    tracked.partDone();
  }

  @Actor
  public void other() {
    tracked.partDone();
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r1 = (int) tracker.committable();
    result.r2 = (int) inFlight.parts();
    result.r3 = (int) inFlight.bytes();
  }
}
