package dev.anton.dispatcher.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** An idle lane is forgotten while something is offered to it. Invariant 8 of the lanes. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "It is under way, and its lane is known.")
@Outcome(expect = FORBIDDEN, desc = "It was lost, or it is in a lane that nobody knows.")
@State
public class ForgottenWhileUsed {

  private final Lanes lanes = new Lanes(CountedTask.ONE_AT_A_TIME);
  private final AtomicInteger running = new AtomicInteger();
  private final CountedTask task = new CountedTask(null, running);

  /** There is a lane and nothing in it. */
  public ForgottenWhileUsed() {
    CountedTask before = new CountedTask(null, running);
    lanes.offer("wh", "acme", before);
    before.finish(false);
  }

  @Actor
  public void forget() {
    lanes.evictIdle();
  }

  @Actor
  public void offer() {
    lanes.offer("wh", "acme", task);
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r1 = task.starts();
    result.r2 = task.refusals();
    result.r3 = lanes.running();
  }
}
