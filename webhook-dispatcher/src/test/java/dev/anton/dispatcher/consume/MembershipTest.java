package dev.anton.dispatcher.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MembershipTest {

  private static final Duration A_MOMENT = Duration.ofMillis(100);
  private static final Duration A_FREEZE = Duration.ofSeconds(20);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // it may wrap at any time
  private final Membership membership = new Membership(clock::get);

  @Test
  void whoKeepsPollingIsCertain() {
    for (int i = 0; i < 1_000; i++) {
      pass(A_MOMENT);
      membership.polled();
      assertThat(membership.isCertain()).isTrue();
    }
  }

  @Test
  void afterAFreezeNothingIsCertainUntilTheGroupHasAnswered() {
    pass(A_FREEZE);
    membership.polled();
    assertThat(membership.isCertain()).isFalse();
    pass(A_MOMENT);
    membership.polled();
    assertThat(membership.isCertain()).as("polling alone proves nothing").isFalse();

    membership.confirmed();

    assertThat(membership.isCertain()).isTrue();
  }

  @Test
  void aFreezeWhileRecordsAreHandedOutShowsAtTheNextOne() {
    membership.polled();
    assertThat(membership.isCertain()).isTrue();

    pass(A_FREEZE);

    assertThat(membership.isCertain()).isFalse();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
