package dev.anton.dispatcher.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary form of PostgreSQL's {@code COPY}: neither side turns numbers and times into
 * text and back. Text that PostgreSQL cannot hold (NUL, lone surrogates) is replaced: a row is
 * never refused for what an endpoint or a producer wrote.
 */
final class CopyRows {

  /** The signature, no flags, no header extension. */
  private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1);

  private static final byte[] TRAILER = {-1, -1};

  /** PostgreSQL counts from 2000-01-01. */
  private static final long EPOCH_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private byte[] bytes = Arrays.copyOf(HEADER, 64 * 1024);
  private int length = HEADER.length;
  private int rows;
  private int rowStart = -1;
  private int columns;

  CopyRows text(@Nullable String value) {
    if (value == null) {
      return nothing();
    }
    int count = value.length();
    int start = begin(count * 3);
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        put(c == 0 ? '?' : c);
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
    int32(start - 4, length - start);
    return this;
  }

  /** For a column of the type {@code integer}. */
  CopyRows integer(int value) {
    fixed(4);
    int32(length, value);
    length += 4;
    return this;
  }

  /** For a column of the type {@code integer}. */
  CopyRows integer(@Nullable Integer value) {
    return value == null ? nothing() : integer(value.intValue());
  }

  /** For a column of the type {@code bigint}. */
  CopyRows bigint(long value) {
    fixed(8);
    int64(value);
    return this;
  }

  /** For a column of the type {@code bigint}. */
  CopyRows bigint(@Nullable Long value) {
    return value == null ? nothing() : bigint(value.longValue());
  }

  CopyRows flag(boolean value) {
    fixed(1);
    put(value ? 1 : 0);
    return this;
  }

  /** For a column of the type {@code timestamptz}; what is below a microsecond is cut. */
  CopyRows time(@Nullable Instant value) {
    if (value == null) {
      return nothing();
    }
    fixed(8);
    int64((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + value.getNano() / 1000);
    return this;
  }

  CopyRows bytea(byte @Nullable [] value) {
    if (value == null) {
      return nothing();
    }
    fixed(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  void endRow() {
    bytes[rowStart] = (byte) (columns >> 8);
    bytes[rowStart + 1] = (byte) columns;
    rowStart = -1;
    rows++;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  void writeTo(CopySink sink) throws SQLException {
    sink.write(bytes, 0, length);
    sink.write(TRAILER, 0, TRAILER.length);
  }

  /** Forgets the rows; a buffer that one large batch has blown up is given back. */
  void clear() {
    length = HEADER.length;
    rows = 0;
    rowStart = -1;
    if (bytes.length > 8 * 1024 * 1024) {
      bytes = Arrays.copyOf(HEADER, 64 * 1024);
    }
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

  private CopyRows nothing() {
    int32(begin(0) - 4, -1);
    return this;
  }

  /** A column of so many bytes. */
  private void fixed(int size) {
    int32(begin(size) - 4, size);
  }

  /** Begins a column, leaves room for its size, and says where its value begins. */
  private int begin(int most) {
    reserve(most + 6);
    if (rowStart < 0) {
      rowStart = length;
      columns = 0;
      length += 2;
    }
    columns++;
    length += 4;
    return length;
  }

  private void put(int b) {
    bytes[length++] = (byte) b;
  }

  private void int32(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  private void int64(long value) {
    int32(length, (int) (value >> 32));
    int32(length + 4, (int) value);
    length += 8;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
