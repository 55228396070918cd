package dev.anton.dispatcher.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two event loops take up one host's requests while others arrive: its count comes and goes. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "All were sent.")
@Outcome(expect = FORBIDDEN, desc = "Intake would stop for requests that are not there.")
@State
public class UnsentComeAndGo {

  private static final int SLOT = UnsentRequests.slot("a.example");

  private final UnsentRequests unsent = new UnsentRequests();

  @Actor
  public void one() {
    unsent.add(SLOT);
    unsent.remove(SLOT);
  }

  @Actor
  public void other() {
    unsent.add(SLOT);
    unsent.remove(SLOT);
  }

  @Arbiter
  public void afterwards(I_Result result) {
    result.r1 = unsent.total();
  }
}
