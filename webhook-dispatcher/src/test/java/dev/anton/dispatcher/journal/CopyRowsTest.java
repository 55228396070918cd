package dev.anton.dispatcher.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

@BackendsTest(role = "dispatcher")
class CopyRowsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "tab\tline\nreturn\rback\\slash",
        "\\N",
        "\\.",
        "äöü 漢字 \uD83D\uDE80 \b\u0001\u007f"
      })
  void textComesBackAsItWas(String text, PostgresBackend postgres) throws SQLException {
    assertThat(roundTrip(postgres, new CopyRows().text(text), "text")).isEqualTo(text);
  }

  @Test
  void whatPostgresCannotHoldIsReplaced(PostgresBackend postgres) throws SQLException {
    assertThat(roundTrip(postgres, new CopyRows().text("a\0b\uD83D"), "text"))
        .isEqualTo("a?b\uFFFD");
  }

  @Test
  void nothingIsNull(PostgresBackend postgres) throws SQLException {
    assertThat(roundTrip(postgres, new CopyRows().text(null), "text")).isNull();
    assertThat(roundTrip(postgres, new CopyRows().time(null), "timestamptz")).isNull();
    assertThat(roundTrip(postgres, new CopyRows().bytea(null), "bytea")).isNull();
  }

  @Test
  void bytesComeBackAsTheyWere(PostgresBackend postgres) throws SQLException {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    assertThat((byte[]) roundTrip(postgres, new CopyRows().bytea(bytes), "bytea")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-11-22T06:05:07.000001Z",
        "2026-11-22T23:59:59.999999Z",
        "9999-12-31T23:59:59Z"
      })
  void timesKeepTheirMicroseconds(String time, PostgresBackend postgres) throws SQLException {
    CopyRows rows = new CopyRows().time(Instant.parse(time));

    assertThat(((java.sql.Timestamp) roundTrip(postgres, rows, "timestamptz")).toInstant())
        .isEqualTo(OffsetDateTime.parse(time).toInstant());
  }

  @Test
  void numbersAndFlagsComeBackAsTheyWere(PostgresBackend postgres) throws SQLException {
    assertThat(roundTrip(postgres, new CopyRows().integer(-7), "integer")).isEqualTo(-7);
    assertThat(roundTrip(postgres, new CopyRows().integer((Integer) null), "integer")).isNull();
    assertThat(roundTrip(postgres, new CopyRows().bigint(Long.MIN_VALUE + 1), "bigint"))
        .isEqualTo(Long.MIN_VALUE + 1);
    assertThat(roundTrip(postgres, new CopyRows().bigint((Long) null), "bigint")).isNull();
    assertThat(roundTrip(postgres, new CopyRows().flag(true), "boolean")).isEqualTo(true);
  }

  @Test
  void aBufferIsUsedAgain(PostgresBackend postgres) throws SQLException {
    CopyRows rows = new CopyRows();
    rows.text("first").integer(1).flag(true).endRow();
    rows.clear();
    assertThat(rows.isEmpty()).isTrue();

    assertThat(roundTrip(postgres, rows.text("second"), "text")).isEqualTo("second");
  }

  private static Object roundTrip(PostgresBackend postgres, CopyRows rows, String type)
      throws SQLException {
    rows.endRow();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table round_trip (value " + type + ")");
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy round_trip (value) from stdin (format binary)");
      rows.writeTo(copy::writeToCopy);
      copy.endCopy();
      try (ResultSet result = statement.executeQuery("select value from round_trip")) {
        assertThat(result.next()).isTrue();
        Object value = result.getObject(1);
        assertThat(result.next()).isFalse();
        return value;
      }
    }
  }

  @Test
  void headersComeBackAsTheyWere() {
    var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
    headers.add("ce_id", "ä".getBytes(UTF_8)).add("x", null).add("x", new byte[] {0, -1});

    assertThat(RecordHeaderBytes.read(RecordHeaderBytes.write(headers))).isEqualTo(headers);
  }
}
