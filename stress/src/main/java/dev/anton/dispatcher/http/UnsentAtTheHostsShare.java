package dev.anton.dispatcher.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A host has its share of waiting requests when one more arrives and one is sent. */
@JCStressTest
@Outcome(id = "64", expect = ACCEPTABLE, desc = "As many count as before.")
@Outcome(expect = FORBIDDEN, desc = "The share was passed, or a request is counted no more.")
@State
public class UnsentAtTheHostsShare {

  private static final int SLOT = UnsentRequests.slot("a.example");

  private final UnsentRequests unsent = new UnsentRequests();

  /** Fills the share. */
  public UnsentAtTheHostsShare() {
    for (int i = 0; i < 64; i++) {
      unsent.add(SLOT);
    }
  }

  @Actor
  public void arrive() {
    unsent.add(SLOT);
  }

  @Actor
  public void send() {
    unsent.remove(SLOT);
  }

  @Arbiter
  public void afterwards(I_Result result) {
    result.r1 = unsent.total();
  }
}
