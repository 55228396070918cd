package dev.anton.dispatcher.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text form of PostgreSQL's {@code COPY}. Text that PostgreSQL cannot hold (NUL, lone
 * surrogates) is replaced: a row is never refused for what an endpoint or a producer wrote.
 */
final class CopyRows {

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private byte[] bytes = new byte[64 * 1024];
  private int length;
  private int rows;
  private boolean firstColumn = true;

  private long cachedSecond = Long.MIN_VALUE;
  private String cachedText = "";

  CopyRows text(@Nullable String value) {
    separate();
    if (value == null) {
      return nothing();
    }
    int count = value.length();
    reserve(count * 3 + 2);
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        continuation(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < count
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        put(0xF0 | (point >> 18));
        continuation(point >> 12);
        continuation(point >> 6);
        continuation(point);
      } else {
        char known = Character.isSurrogate(c) ? '\uFFFD' : c;
        put(0xE0 | (known >> 12));
        continuation(known >> 6);
        continuation(known);
      }
    }
    return this;
  }

  CopyRows number(long value) {
    return text(Long.toString(value));
  }

  CopyRows number(@Nullable Number value) {
    return value == null ? text(null) : number(value.longValue());
  }

  CopyRows flag(boolean value) {
    return text(value ? "t" : "f");
  }

  CopyRows time(@Nullable Instant value) {
    if (value == null) {
      return text(null);
    }
    separate();
    reserve(48);
    long second = value.getEpochSecond();
    if (second != cachedSecond) {
      cachedSecond = second;
      cachedText = secondText(second);
    }
    String head = cachedText;
    for (int i = 0; i < head.length(); i++) {
      put(head.charAt(i));
    }
    put('.');
    int micros = value.getNano() / 1000;
    for (int unit = 100_000; unit > 0; unit /= 10) {
      put('0' + (micros / unit) % 10);
    }
    put('+');
    put('0');
    put('0');
    return this;
  }

  CopyRows bytea(byte @Nullable [] value) {
    separate();
    if (value == null) {
      return nothing();
    }
    reserve(value.length * 2 + 3);
    put('\\');
    put('\\');
    put('x');
    for (byte b : value) {
      put(HEX[(b >> 4) & 0xF]);
      put(HEX[b & 0xF]);
    }
    return this;
  }

  void endRow() {
    reserve(1);
    put('\n');
    firstColumn = true;
    rows++;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  void writeTo(CopySink sink) throws SQLException {
    sink.write(bytes, 0, length);
  }

  /** Forgets the rows; a buffer that one large batch has blown up is given back. */
  void clear() {
    length = 0;
    rows = 0;
    if (bytes.length > 8 * 1024 * 1024) {
      bytes = new byte[64 * 1024];
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8);
  }

  /** What takes the rows. */
  @FunctionalInterface
  interface CopySink {
    void write(byte[] bytes, int offset, int length) throws SQLException;
  }

  /** One of the bytes behind the first of a character in UTF-8. */
  private void continuation(int bits) {
    put(0x80 | (bits & 0x3F));
  }

  private void ascii(char c) {
    switch (c) {
      case '\\' -> escaped('\\');
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\t' -> escaped('t');
      case 0 -> put('?');
      default -> put(c);
    }
  }

  private void escaped(char c) {
    reserve(2);
    put('\\');
    put(c);
  }

  private CopyRows nothing() {
    reserve(2);
    put('\\');
    put('N');
    return this;
  }

  private void separate() {
    if (!firstColumn) {
      reserve(1);
      put('\t');
    }
    firstColumn = false;
  }

  private void put(int b) {
    bytes[length++] = (byte) b;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** PostgreSQL reads years of more than four digits without a sign. */
  private static String secondText(long second) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    pad(text, time.getYear(), 4).append('-');
    pad(text, time.getMonthValue(), 2).append('-');
    pad(text, time.getDayOfMonth(), 2).append(' ');
    pad(text, time.getHour(), 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    return pad(text, time.getSecond(), 2).toString();
  }

  private static StringBuilder pad(StringBuilder text, int value, int digits) {
    String number = Integer.toString(value);
    return text.repeat("0", Math.max(0, digits - number.length())).append(number);
  }
}
