package dev.anton.dispatcher.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.lane.Refusal;
import dev.anton.dispatcher.rate.RateSchedule.Grant;
import dev.anton.dispatcher.rate.RateSchedule.Wish;
import dev.anton.dispatcher.subscription.Subscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;
import org.springframework.dao.DataAccessResourceFailureException;

/** Tokens of replicas that share a schedule, in a time that the test makes pass. */
class PaceTest {

  private static final long MILLI = 1_000_000L;
  private static final int RATE = 20;

  private long now;
  private boolean away;
  private final Map<String, Long> givenUntil = new HashMap<>();
  private final Replica first = new Replica(schedule(), () -> now);
  private final Replica second = new Replica(schedule(), () -> now);
  private Subscription subscription = Replica.subscription("wh_1", RATE);

  /** What the table does, in memory. */
  private RateSchedule schedule() {
    return new RateSchedule() {
      @Override
      public Map<String, Grant> lease(List<Wish> wishes) {
        if (away) {
          throw new DataAccessResourceFailureException("away");
        }
        Map<String, Grant> grants = new HashMap<>();
        for (Wish wish : wishes) {
          long start = Math.max(now, givenUntil.getOrDefault(wish.subscriptionId(), now));
          long gap = 1_000 * MILLI / wish.rate();
          long room = now + Replica.settings().lead().toNanos() - start;
          if (room >= 0) {
            int tokens = (int) Math.min(wish.tokens(), room / gap + 1);
            givenUntil.put(wish.subscriptionId(), start + tokens * gap);
            grants.put(wish.subscriptionId(), new Grant(tokens, start - now));
          }
        }
        return grants;
      }

      @Override
      public void forget() {}
    };
  }

  private void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 5) {
      now += 5 * MILLI;
      first.rates.round();
      second.rates.round();
    }
  }

  @Test
  void theFirstDeliveryAfterARestStartsWithTheNextLease() {
    first.offer(subscription);
    assertThat(first.starts("wh_1")).isEmpty();

    first.rates.round();

    assertThat(first.starts("wh_1")).hasSize(1);
  }

  @Test
  void whatIsWithinTheRateIsNotTurnedAway() {
    for (int i = 0; i < 50; i++) {
      first.offer(subscription);
      pass(60);
    }
    pass(100);
    assertThat(first.starts("wh_1")).hasSize(50);
    assertThat(first.refused("wh_1")).isZero();
  }

  @Test
  void whatIsBeyondTheLeadIsTurnedAwayAndTheRestGoesOnItsWay() {
    for (int i = 0; i < 30; i++) {
      first.offer(subscription);
    }

    pass(400);

    assertThat(first.starts("wh_1")).hasSize(7); // at 0, 50, …, 300 ms
    assertThat(first.refusals.get("wh_1")).hasSize(23).containsOnly(Refusal.OVER_RATE);
    assertThat(first.rates.isBehind(subscription)).isTrue();
  }

  @Test
  void aReplicaThatSendsNothingKeepsNothing() {
    second.offer(subscription);
    pass(100);
    for (int i = 0; i < 200; i++) {
      first.keepWaiting(subscription, 8);
      pass(10);
    }
    assertThat(first.starts("wh_1")).hasSizeBetween(38, 42);
  }

  @Test
  void aRateThatWasChangedAppliesToWhatComesNext() {
    subscription = Replica.subscription("wh_1", 200);
    for (int i = 0; i < 100; i++) {
      first.keepWaiting(subscription, 100);
      pass(10);
    }
    assertThat(first.starts("wh_1").size()).isBetween(180, 220);
  }

  @Test
  void withoutTheDatabaseDeliveriesWait() {
    away = true;
    first.offer(subscription);
    pass(100);
    assertThat(first.starts("wh_1")).isEmpty();
    assertThat(first.refusals.get("wh_1")).containsOnly(Refusal.OVER_RATE);

    away = false;
    pass(100);
    first.offer(subscription);
    pass(100);
    assertThat(first.starts("wh_1")).hasSize(1);
  }

  @Test
  void parkedDeliveriesAreClaimedByTheTokensThatWereLeasedForThem() {
    Rates.Backlog backlog = new Rates.Backlog(subscription, 64, 0);

    assertThat(first.rates.leaseForParked(List.of(backlog))).containsEntry("wh_1", 7);
    assertThat(second.rates.leaseForParked(List.of(backlog))).containsEntry("wh_1", 0);
    assertThat(first.rates.isBehind(subscription)).isTrue();

    pass(300);
    first.rates.caughtUp(subscription);
    assertThat(first.rates.isBehind(subscription)).isFalse();
  }

  private static final Gen<List<Integer>> MOVES =
      SourceDSL.lists().of(SourceDSL.integers().between(0, 199)).ofSizeBetween(0, 300);

  /** Invariant 9 of docs/lanes.md. */
  @Test
  void tokensAreNeverOverspentWhateverReplicasDo() {
    QuickTheory.qt()
        .withFixedSeed(20_261_126)
        .withExamples(1_000)
        .withShrinkCycles(1_000)
        .forAll(MOVES)
        .check(moves -> new PaceTest().keepsTheRate(moves));
  }

  private boolean keepsTheRate(List<Integer> moves) {
    for (int move : moves) {
      Replica replica = move % 2 == 0 ? first : second;
      if (move < 80) {
        replica.keepWaiting(subscription, move / 4);
      } else if (move < 140) {
        replica.rates.round();
      } else if (move < 150) {
        replica.rates.leaseForParked(
            List.of(new Rates.Backlog(subscription, 64, replica.lanes.queued("wh_1"))));
      } else if (move < 155) {
        away = !away;
      } else {
        now += (move - 154L) * (move % 7 == 0 ? 20 : 2) * MILLI;
      }
    }
    List<Long> all =
        Stream.concat(first.starts("wh_1").stream(), second.starts("wh_1").stream())
            .sorted()
            .toList();
    double grace = Replica.settings().grace().toMillis() / 1000.0;
    for (int from = 0; from < all.size(); from++) {
      for (int to = from; to < all.size(); to++) {
        double seconds = Duration.ofNanos(all.get(to) - all.get(from)).toNanos() / 1e9;
        if (to - from + 1 > RATE * (seconds + grace) + 1) {
          return false;
        }
      }
    }
    return true;
  }
}
