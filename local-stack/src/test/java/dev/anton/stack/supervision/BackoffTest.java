package dev.anton.stack.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration SHORT = Duration.ofSeconds(3);

  @Test
  void doublesFromOneSecondToThirty() {
    assertThat(
            Stream.iterate(
                    Backoff.DEFAULT.next(Duration.ZERO, SHORT),
                    pause -> Backoff.DEFAULT.next(pause, SHORT))
                .limit(8)
                .map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void beginsAnewAfterAMinuteOfLife() {
    assertThat(Backoff.DEFAULT.next(Duration.ofSeconds(30), Duration.ofSeconds(60)))
        .isEqualTo(Duration.ofSeconds(1));
  }
}
