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

/**
 * A key's attempt turns slow while the next of its key is offered. Invariants 5 and 6 of the lanes.
 */
@JCStressTest
@Outcome(id = "1, 0, false", expect = ACCEPTABLE, desc = "It starts when the first has left.")
@Outcome(id = "0, 1, false", expect = ACCEPTABLE, desc = "As many hang as may: turned away.")
@Outcome(expect = FORBIDDEN, desc = "Neither, both, or two of a key at a time.")
@State
public class KeyPassesOn {

  private final Lanes lanes = new Lanes(CountedTask.ONE_AT_A_TIME);
  private final AtomicInteger running = new AtomicInteger();
  private final CountedTask head = new CountedTask("key", running);
  private final CountedTask next = new CountedTask("key", running);

  /** The key's first is under way. */
  public KeyPassesOn() {
    lanes.offer("wh", "acme", head);
  }

  @Actor
  public void leave() {
    head.beSlow();
    head.finish(true);
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
