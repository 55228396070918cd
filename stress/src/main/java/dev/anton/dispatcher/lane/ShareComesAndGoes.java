package dev.anton.dispatcher.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A tenant takes and gives back on two threads at a time. Invariant 7 of the lanes. */
@JCStressTest
@Outcome(id = "0, 8, 0", expect = ACCEPTABLE, desc = "Nothing is used, and nobody is remembered.")
@Outcome(expect = FORBIDDEN, desc = "Some of the budget is gone for good.")
@State
public class ShareComesAndGoes {

  private final TenantBudget budget = new TenantBudget(10);

  @Actor
  public void one() {
    budget.take("acme");
    budget.giveBack("acme");
  }

  @Actor
  public void other() {
    budget.take("acme");
    budget.giveBack("acme");
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r1 = budget.used();
    result.r2 = budget.left("acme");
    result.r3 = budget.left().size();
  }
}
