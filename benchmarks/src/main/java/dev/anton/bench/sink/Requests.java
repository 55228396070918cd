package dev.anton.bench.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** The requests that come over one connection. */
final class Requests {

  private static final int LARGEST = 64 * 1024;
  private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);
  private static final byte[] SENT_AT = "\"sentat\":".getBytes(US_ASCII);
  private static final ByteBuffer ANSWER =
      ByteBuffer.wrap("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII)).asReadOnlyBuffer();

  /** Where the time lies in a body, counted from its start, at most. */
  private static final int SENT_AT_WITHIN = 256;

  private final Arrivals arrivals;
  private final byte[] bytes = new byte[LARGEST];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  Requests(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  static ByteBuffer answer() {
    return ANSWER.duplicate();
  }

  /** To read into. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Takes the complete requests out; returns how many of them are to be answered. */
  int take() {
    int answers = 0;
    int start = 0;
    int end = buffer.position();
    while (true) {
      int body = endOfHead(start, end);
      if (body < 0) {
        break;
      }
      int length = contentLength(start, body);
      if (body + length > end) {
        break;
      }
      if (arrivals.arrived(endpoint(start), sentAt(body, length))) {
        answers++;
      }
      start = body + length;
    }
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      buffer.position(end - start);
    } else if (end == LARGEST) {
      throw new IllegalStateException("A request has more than " + LARGEST + " bytes");
    }
    return answers;
  }

  private int endOfHead(int start, int end) {
    for (int i = start + 3; i < end; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int contentLength(int start, int end) {
    int at = find(LENGTH, start, end);
    return at < 0 ? 0 : (int) number(at);
  }

  /** The digits behind {@code POST /e/}. */
  private int endpoint(int start) {
    return (int) number(start + 8);
  }

  private long sentAt(int body, int length) {
    int at = find(SENT_AT, body, body + Math.min(length, SENT_AT_WITHIN));
    return at < 0 ? 0 : number(at);
  }

  private long number(int at) {
    int i = at;
    while (bytes[i] == ' ') {
      i++;
    }
    long value = 0;
    for (; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  /** The position behind the first occurrence in any case, or -1. */
  private int find(byte[] lowerCase, int from, int to) {
    for (int i = from; i <= to - lowerCase.length; i++) {
      int matched = 0;
      while (matched < lowerCase.length && lower(bytes[i + matched]) == lowerCase[matched]) {
        matched++;
      }
      if (matched == lowerCase.length) {
        return i + matched;
      }
    }
    return -1;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }
}
