package dev.anton.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

class TenantBudgetTest {

  private static final int LIMIT = 100;

  private final TenantBudget budget = new TenantBudget(LIMIT);

  @Test
  void aTenantAloneMayHaveFourFifths() {
    assertThat(budget.left("a")).isEqualTo(80);
    assertThat(fill("a")).isEqualTo(80);
    assertThat(budget.left("a")).isZero();
  }

  @Test
  void aSecondOneFindsRoomAndSoDoesAThird() {
    fill("a");
    assertThat(fill("b")).isPositive();
    assertThat(fill("c")).isPositive();
    assertThat(budget.left().get("a")).isZero();
  }

  @Test
  void whoComesFirstGivesWayWhenAnAttemptEnds() {
    fill("a");
    fill("b");
    for (int i = 0; i < 36; i++) {
      budget.giveBack("a");
    }
    assertThat(fill("b")).isPositive();
    assertThat(budget.left("a")).isZero();
  }

  private static final Gen<List<Integer>> MOVES =
      SourceDSL.lists().of(SourceDSL.integers().between(0, 99)).ofSizeBetween(0, 400);

  /** Whoever takes what is left to him takes nothing that is not there, and leaks nothing. */
  @Test
  void countsWhatIsUsedAndNeverPromisesMoreThanThereIs() {
    QuickTheory.qt()
        .withFixedSeed(20_261_126)
        .withExamples(1_000)
        .withShrinkCycles(1_000)
        .forAll(MOVES)
        .check(moves -> new TenantBudgetTest().survives(moves));
  }

  private boolean survives(List<Integer> moves) {
    Map<String, Integer> taken = new HashMap<>();
    for (int move : moves) {
      String tenant = "t" + move % 4;
      if (move < 70) {
        for (int i = Math.min(move, budget.left(tenant)); i > 0; i--) {
          budget.take(tenant);
          taken.merge(tenant, 1, Integer::sum);
        }
      } else if (taken.getOrDefault(tenant, 0) > 0) {
        budget.giveBack(tenant);
        taken.merge(tenant, -1, Integer::sum);
      }
      int used = taken.values().stream().mapToInt(Integer::intValue).sum();
      if (budget.used() != used || used > LIMIT || budget.left("new") > LIMIT - used) {
        return false;
      }
    }
    taken.forEach(
        (tenant, count) -> {
          for (int i = 0; i < count; i++) {
            budget.giveBack(tenant);
          }
        });
    return budget.used() == 0 && budget.left().isEmpty();
  }

  /** Takes one after another as long as that is fair, and says how many. */
  private int fill(String tenant) {
    int count = 0;
    while (budget.left(tenant) > 0) {
      budget.take(tenant);
      count++;
    }
    return count;
  }
}
