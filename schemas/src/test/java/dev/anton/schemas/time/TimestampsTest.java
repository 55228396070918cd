package dev.anton.schemas.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  private static final DateTimeFormatter JDK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Test
  void writesAndReadsWhatTheJdkDoes() {
    Random random = new Random(42);
    for (int i = 0; i < 10_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 300_000_000_000L), random.nextInt(1_000_000_000));
      String text = Timestamps.format(time);
      assertThat(text).isEqualTo(JDK.format(time));
      if (text.length() == 24) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
      }
    }
  }

  @Test
  void cutsBelowTheMillisecond() {
    assertThat(Timestamps.format(Instant.parse("2026-11-22T10:00:00.999999999Z")))
        .isEqualTo("2026-11-22T10:00:00.999Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.5Z",
        "2026-11-22T10:00:00.123456789Z",
        "2026-11-22T12:00:00.000+02:00",
        "2024-02-29T23:59:59.999Z"
      })
  void readsEveryFormWithAnOffset(String text) {
    assertThat(Timestamps.parse(text))
        .isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-22",
        "2026-13-22T10:00:00.000Z",
        "2026-02-29T10:00:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T10:00:60.000Z",
        "2026-11-22 10:00:00.000Z",
        "2026-11-22T10:00:00.00xZ"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeParseException.class);
  }
}
