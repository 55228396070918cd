package dev.anton.dispatcher.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/** The only slot becomes free while another task is offered. Invariants 1 and 2 of the lanes. */
@JCStressTest
@Outcome(id = "1, 0, false", expect = ACCEPTABLE, desc = "The next starts once, by itself.")
@Outcome(expect = FORBIDDEN, desc = "It was forgotten, started twice, or beside the first.")
@State
public class NextWhenOneEnds {

  private final Lanes lanes = new Lanes(CountedTask.ONE_AT_A_TIME);
  private final AtomicInteger running = new AtomicInteger();
  private final CountedTask first = new CountedTask(null, running);
  private final CountedTask next = new CountedTask(null, running);

  /** Takes the slot. */
  public NextWhenOneEnds() {
    lanes.offer("wh", "acme", first);
  }

  @Actor
  public void end() {
    first.finish(false);
  }

  @Actor
  public void offer() {
    lanes.offer("wh", "acme", next);
  }

  @Arbiter
  public void afterwards(IIZ_Result result) {
    result.r1 = next.starts();
    result.r2 = next.refusals();
    result.r3 = next.overlapped();
  }
}
