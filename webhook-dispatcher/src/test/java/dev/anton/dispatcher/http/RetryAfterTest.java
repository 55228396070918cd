package dev.anton.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.parse(" 120 ")).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void readsADate() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));

    assertThat(RetryAfter.parse(date)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
  }

  @Test
  void aDateThatHasPassedIsNoWait() {
    assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:28:00 GMT")).isEqualTo(Duration.ZERO);
  }

  @Test
  void anAbsurdWaitIsCut() {
    assertThat(RetryAfter.parse("9999999999")).isEqualTo(Duration.ofDays(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
  void whatIsNeitherIsIgnored(String value) {
    assertThat(RetryAfter.parse(value)).isNull();
  }
}
