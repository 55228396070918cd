package dev.anton.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.lane.Verdict;
import dev.anton.dispatcher.subscription.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofMinutes(10)));

  private final Decisions middle = new Decisions(() -> 0.5);

  @Test
  void successIsArrival() {
    assertThat(decide(middle, 1, new Outcome.Delivered(204, null)))
        .isEqualTo(new Decision.Arrived());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureIsTriedAgainByTheSchedule(Outcome failure) {
    assertThat(decide(middle, 1, failure))
        .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(10), failure.error()));
    assertThat(decide(middle, 2, failure))
        .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(600), failure.error()));
    assertThat(decide(middle, 3, failure)).isEqualTo(new Decision.GiveUp(failure.error()));
  }

  static Stream<Outcome> failures() {
    return Stream.of(
        new Outcome.Refused(301, null, null),
        new Outcome.Refused(404, null, null),
        new Outcome.Refused(500, Duration.ofHours(9), null),
        new Outcome.TimedOut(Duration.ofSeconds(15)),
        new Outcome.ConnectionFailed("broken"),
        new Outcome.AddressRefused("private"));
  }

  @Test
  void waitsAreSpreadByATenthEitherWay() {
    Outcome failure = new Outcome.ConnectionFailed("broken");

    assertThat(decide(new Decisions(() -> 0.0), 1, failure))
        .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(9), "broken"));
    assertThat(decide(new Decisions(() -> 1.0), 1, failure))
        .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(11), "broken"));
  }

  @Test
  void retryAfterIsNeverUndercut() {
    for (int status : new int[] {429, 503}) {
      Outcome asked = new Outcome.Refused(status, Duration.ofSeconds(60), null);

      assertThat(decide(new Decisions(() -> 0.0), 1, asked))
          .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(60), asked.error()));
      assertThat(decide(new Decisions(() -> 1.0), 1, asked))
          .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(66), asked.error()));
    }
  }

  @Test
  void aShorterRetryAfterDoesNotShortenTheSchedule() {
    assertThat(decide(middle, 1, new Outcome.Refused(429, Duration.ofSeconds(1), null)))
        .isEqualTo(new Decision.TryAgain(NOW.plusSeconds(10), "The endpoint answered 429"));
  }

  @Test
  void goneIsTheEndOfTheSubscriptionHoweverManyAttemptsAreLeft() {
    assertThat(decide(middle, 1, new Outcome.Refused(410, null, null)))
        .isInstanceOf(Decision.EndpointGone.class);
    assertThat(decide(middle, 3, new Outcome.Refused(410, null, null)))
        .isInstanceOf(Decision.EndpointGone.class);
  }

  @Test
  void anEndpointThatRefusesADeliveryWorksAndOneThatIsOverloadedDoesNot() {
    assertThat(Decisions.verdict(new Outcome.Delivered(200, null))).isEqualTo(Verdict.HEALTHY);
    assertThat(Decisions.verdict(new Outcome.Refused(400, null, null))).isEqualTo(Verdict.HEALTHY);
    assertThat(Decisions.verdict(new Outcome.Refused(308, null, null))).isEqualTo(Verdict.HEALTHY);
    assertThat(Decisions.verdict(new Outcome.Refused(429, null, null))).isEqualTo(Verdict.FAILING);
    assertThat(Decisions.verdict(new Outcome.Refused(502, null, null))).isEqualTo(Verdict.FAILING);
    assertThat(Decisions.verdict(new Outcome.TimedOut(Duration.ofSeconds(15))))
        .isEqualTo(Verdict.FAILING);
  }

  private static Decision decide(Decisions decisions, int attempt, Outcome outcome) {
    return decisions.decide(
        new Attempt(attempt, NOW.minusMillis(30), Duration.ofMillis(30), outcome), SCHEDULE);
  }
}
