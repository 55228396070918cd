package dev.anton.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

class LaneTest {

  private static final Duration FAST = Duration.ofMillis(5);

  private final LaneSettings settings =
      new LaneSettings(
          2,
          2,
          3,
          5,
          Duration.ZERO,
          new LaneSettings.Breaker(4, 4, 50, Duration.ofSeconds(5), Duration.ofHours(1), 2));
  private final Lanes lanes = new Lanes(settings);
  private boolean paced;
  private final List<Task> started = new ArrayList<>();
  private final List<Task> turnedAway = new ArrayList<>();

  private final class Task implements LaneTask {
    private final String key;
    private final String name;
    private Lane lane;
    private Refusal refusal;
    private boolean slow;

    private Task(String key, String name) {
      this.key = key;
      this.name = name;
    }

    @Override
    public String orderKey() {
      return key;
    }

    @Override
    public Pace pace() {
      return paced ? pace : null;
    }

    @Override
    public void start(Lane in) {
      lane = in;
      started.add(this);
    }

    @Override
    public void turnedAway(Refusal reason) {
      refusal = reason;
      turnedAway.add(this);
    }

    void succeed() {
      lane.finished(this, slow, Verdict.HEALTHY, FAST);
    }

    void fail() {
      lane.finished(this, slow, Verdict.FAILING, FAST);
    }

    void beSlow() {
      slow = true;
      lane.slow(this);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Task offer(String key, String name) {
    Task task = new Task(key, name);
    lanes.offer("wh_1", "acme", task);
    return task;
  }

  @Test
  void startsAsManyAsItMayAndTheNextWhenOneEnds() {
    Task first = offer(null, "1");
    Task second = offer(null, "2");
    Task third = offer(null, "3");

    assertThat(started).containsExactly(first, second);
    first.succeed();
    assertThat(started).containsExactly(first, second, third);
  }

  @Test
  void firstAttemptsOfAKeyGoOneAfterAnother() {
    Task first = offer("a", "a1");
    Task second = offer("a", "a2");
    Task other = offer("b", "b1");

    assertThat(started).containsExactly(first, other);
    first.fail();
    assertThat(started).containsExactly(first, other, second);
  }

  @Test
  void aSlowAttemptLetsTheNextOfItsKeyPassAndGivesItsSlotUp() {
    Task first = offer("a", "a1");
    Task second = offer("a", "a2");
    offer("b", "b1");

    first.beSlow();

    assertThat(started).contains(second);
    assertThat(lanes.slow()).isEqualTo(1);
    first.succeed();
    assertThat(lanes.slow()).isZero();
  }

  @Test
  void aLaneWithTooManySlowAttemptsTurnsAwayAllThatWait() {
    Task first = offer(null, "1");
    Task second = offer(null, "2");
    Task third = offer("k", "3");
    Task behind = offer("k", "4");

    first.beSlow();
    assertThat(started).containsExactly(first, second, third);
    second.beSlow();

    assertThat(turnedAway).isEmpty(); // it waits behind a running one
    third.succeed();
    assertThat(behind.refusal).isEqualTo(Refusal.SLOW);
    assertThat(lanes.room("wh_1")).isZero();
    first.succeed();
    assertThat(lanes.room("wh_1")).isPositive();
  }

  @Test
  void aFullQueueTurnsAwayWhatComes() {
    for (int i = 0; i < 7; i++) {
      offer(null, "" + i);
    }

    assertThat(offer(null, "one too many").refusal).isEqualTo(Refusal.FULL);
    assertThat(started).hasSize(2);
  }

  @Test
  void anOpenBreakerTurnsAwayWhatWaitsAndWhatComes() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tasks.add(offer(null, "" + i));
    }

    for (int i = 0; i < 4; i++) {
      tasks.get(i).fail();
    }

    assertThat(lanes.openBreakers()).isEqualTo(1);
    assertThat(tasks.get(5).refusal).isEqualTo(Refusal.BREAKER_OPEN);
    assertThat(offer(null, "later").refusal).isEqualTo(Refusal.BREAKER_OPEN);
    assertThat(lanes.room("wh_1")).isZero();
  }

  @Test
  void aHalfOpenBreakerLetsItsProbesThroughAndClosesWhenTheySucceed() {
    for (int i = 0; i < 4; i++) {
      offer(null, "" + i).fail();
    }
    lanes.breaker("wh_1").transitionToHalfOpenState();

    assertThat(lanes.room("wh_1")).isEqualTo(2);
    Task probe = offer(null, "probe 1");
    Task second = offer(null, "probe 2");
    assertThat(started).contains(probe, second);

    probe.succeed();
    second.succeed();

    assertThat(lanes.openBreakers()).isZero();
    assertThat(started).contains(offer(null, "after"));
  }

  @Test
  void aTaskThatMakesNoAttemptGivesItsPermitBack() {
    for (int i = 0; i < 4; i++) {
      offer(null, "" + i).fail();
    }
    lanes.breaker("wh_1").transitionToHalfOpenState();

    for (int i = 0; i < 10; i++) {
      Task idle = offer(null, "idle " + i);
      assertThat(started).contains(idle);
      idle.lane.released(idle);
    }
  }

  @Test
  void anIdleLaneIsForgottenAndABusyOneIsNot() {
    Task task = offer(null, "1");

    lanes.evictIdle();
    assertThat(lanes.size()).isEqualTo(1);

    task.succeed();
    lanes.evictIdle();
    assertThat(lanes.size()).isZero();
    assertThat(started).contains(offer(null, "2"));
  }

  private static final Gen<List<Integer>> MOVES =
      SourceDSL.lists().of(SourceDSL.integers().between(0, 99)).ofSizeBetween(0, 80);

  /**
   * Whatever happens: bounds are kept, keys are in order, nothing is lost and nothing is leaked.
   */
  @Test
  void keepsItsBoundsAndItsOrderWhateverHappens() {
    QuickTheory.qt()
        .withFixedSeed(20_261_122)
        .withExamples(2_000)
        .withShrinkCycles(2_000)
        .forAll(MOVES)
        .check(moves -> new LaneTest().survives(moves));
  }

  private static final Gen<List<Integer>> STORM =
      SourceDSL.lists().of(SourceDSL.integers().between(0, 999)).ofSizeBetween(0, 120);

  /**
   * Invariants 2, 3, 4, 7 and 8 of docs/lanes.md, with a breaker that opens and tokens that lack.
   */
  @Test
  void losesAndLeaksNothingWithABreakerAndARate() {
    QuickTheory.qt()
        .withFixedSeed(20_261_126)
        .withExamples(2_000)
        .withShrinkCycles(2_000)
        .forAll(STORM)
        .check(moves -> new LaneTest().weathers(moves));
  }

  private int tokens;
  private int kept;
  private Runnable again = () -> {};
  private final Pace pace =
      new Pace() {
        @Override
        public boolean tryStart(int ready, Runnable whenToAskAgain) {
          if (tokens == 0) {
            again = whenToAskAgain;
            return false;
          }
          tokens--;
          return true;
        }

        @Override
        public int keep(int ready) {
          return Math.min(kept, ready);
        }
      };

  private boolean weathers(List<Integer> moves) {
    paced = true;
    List<Task> offered = new ArrayList<>();
    for (int move : moves) {
      List<Task> open = started.stream().filter(task -> !finished.contains(task)).toList();
      int startedBefore = started.size();
      CircuitBreaker.State before = lanes.size() == 0 ? null : state();
      int kind = move % 20;
      if (kind < 8) {
        offered.add(offer(move % 3 == 0 ? null : "k" + move % 4, "t" + offered.size()));
        if (before == CircuitBreaker.State.OPEN && started.size() > startedBefore) {
          return false;
        }
      } else if (kind < 10) {
        tokens += move / 300;
        kept = move / 200;
        again.run();
      } else if (kind == 10 && before == CircuitBreaker.State.OPEN) {
        lanes.breaker("wh_1").transitionToHalfOpenState();
        halfOpenSince = started.size();
      } else if (kind == 11) {
        lanes.evictIdle();
      } else if (!open.isEmpty()) {
        end(open.get(move % open.size()), kind);
      }
      if (lanes.size() > 0
          && state() == CircuitBreaker.State.HALF_OPEN
          && probesUnderWay() > settings.breaker().probes()) {
        return false;
      }
    }
    tokens = Integer.MAX_VALUE;
    again.run();
    while (started.stream().anyMatch(task -> !finished.contains(task))) {
      end(started.stream().filter(one -> !finished.contains(one)).findFirst().orElseThrow(), 19);
    }
    boolean permitsAreBack = lanes.size() == 0 || allProbesPass();
    lanes.evictIdle();
    return permitsAreBack
        && new HashSet<>(started).size() == started.size()
        && new HashSet<>(turnedAway).size() == turnedAway.size()
        && Collections.disjoint(started, turnedAway)
        && started.size() + turnedAway.size() == offered.size() + extra
        && lanes.slow() == 0
        && lanes.size() == 0;
  }

  private int extra;
  private int halfOpenSince;

  private CircuitBreaker.State state() {
    return lanes.breaker("wh_1").getState();
  }

  private long probesUnderWay() {
    return started.stream().skip(halfOpenSince).filter(task -> !finished.contains(task)).count();
  }

  private void end(Task task, int kind) {
    if (kind == 12 && !task.slow) {
      task.beSlow();
      return;
    }
    finished.add(task);
    if (kind == 13 && !task.slow) {
      task.lane.released(task);
    } else if (kind < 17) {
      task.fail();
    } else {
      task.succeed();
    }
  }

  /** Once it is half-open anew, as many get through as may. */
  private boolean allProbesPass() {
    CircuitBreaker breaker = lanes.breaker("wh_1");
    if (state() != CircuitBreaker.State.HALF_OPEN) {
      return true;
    }
    int probes = settings.breaker().probes();
    int already = breaker.getMetrics().getNumberOfBufferedCalls();
    int passed = started.size();
    for (int i = already; i < probes; i++) {
      offer(null, "probe");
      extra++;
    }
    boolean all = started.size() - passed == probes - already;
    started.stream().filter(task -> !finished.contains(task)).toList().forEach(t -> end(t, 19));
    return all;
  }

  private boolean survives(List<Integer> moves) {
    List<Task> offered = new ArrayList<>();
    List<Task> open = new ArrayList<>();
    for (int move : moves) {
      open.clear();
      started.stream().filter(task -> !finished.contains(task)).forEach(open::add);
      if (move < 50 || open.isEmpty()) {
        offered.add(offer(move % 5 == 0 ? null : "k" + move % 3, "t" + offered.size()));
      } else {
        Task task = open.get(move % open.size());
        if (move < 60 && !task.slow) {
          task.beSlow();
        } else {
          finished.add(task);
          if (move < 70) {
            task.fail();
          } else {
            task.succeed();
          }
        }
      }
      if (!boundsAreKept() || !keysAreInOrder(offered)) {
        return false;
      }
    }
    while (started.stream().anyMatch(task -> !finished.contains(task))) {
      Task task = started.stream().filter(one -> !finished.contains(one)).findFirst().orElseThrow();
      finished.add(task);
      task.succeed();
    }
    lanes.evictIdle();
    return started.size() + turnedAway.size() == offered.size()
        && lanes.slow() == 0
        && lanes.size() == 0;
  }

  private final List<Task> finished = new ArrayList<>();

  private boolean boundsAreKept() {
    long fast = started.stream().filter(t -> !finished.contains(t) && !t.slow).count();
    return fast <= settings.concurrency()
        && lanes.running() == fast
        && lanes.queued() <= settings.queue() + settings.concurrency();
  }

  /** Of one key, what was started was started in the order of offering, one at a time. */
  private boolean keysAreInOrder(List<Task> offered) {
    Map<String, Integer> last = new HashMap<>();
    Map<String, Integer> running = new HashMap<>();
    for (Task task : started) {
      if (task.key == null) {
        continue;
      }
      int position = offered.indexOf(task);
      if (position >= 0 && last.getOrDefault(task.key, -1) > position) {
        return false;
      }
      last.put(task.key, position);
      if (!finished.contains(task) && !task.slow) {
        running.merge(task.key, 1, Integer::sum);
      }
    }
    return running.values().stream().allMatch(count -> count <= 1);
  }
}
