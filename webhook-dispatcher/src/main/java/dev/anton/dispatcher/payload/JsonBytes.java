package dev.anton.dispatcher.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** Grows a JSON text around bytes that are JSON already. */
final class JsonBytes {

  private byte[] bytes;
  private int length;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Text that needs no escaping: our own punctuation and field names. */
  JsonBytes raw(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** A JSON string of any text. */
  JsonBytes quoted(String text) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    return raw("\"").raw(escaped, 0, escaped.length).raw("\"");
  }

  JsonBytes raw(byte[] json) {
    return raw(json, 0, json.length);
  }

  JsonBytes raw(byte[] json, int from, int to) {
    reserve(to - from);
    System.arraycopy(json, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  byte[] toByteArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
