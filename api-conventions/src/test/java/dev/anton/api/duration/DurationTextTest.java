package dev.anton.api.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anton.api.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  private static final Duration MIN = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofDays(2);

  @ParameterizedTest
  @CsvSource({"100ms,PT0.1S", "5s,PT5S", "5m,PT5M", "2h,PT2H", "1d,PT24H", "48h,PT48H"})
  void readsAWholeNumberWithItsUnit(String text, Duration duration) {
    assertThat(DurationText.parse(text, "/timeout", MIN, MAX)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "1.5s", "5 s", "5S", "99ms", "3d", "9999999999s"})
  void refusesOtherFormsAndWhatIsOutOfBounds(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> DurationText.parse(text, "/timeout", MIN, MAX))
        .satisfies(
            problem ->
                assertThat(problem.errors())
                    .singleElement()
                    .hasFieldOrPropertyWithValue("pointer", "/timeout")
                    .extracting("detail")
                    .asString()
                    .contains("from 100ms to 2d"));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (String text : new String[] {"1ms", "1500ms", "5s", "90s", "5m", "2h", "1d", "30h"}) {
      Duration duration = DurationText.parse(text, "", Duration.ZERO, MAX);
      assertThat(DurationText.format(duration)).isEqualTo(text);
    }
  }
}
