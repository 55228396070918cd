package dev.anton.dispatcher.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Kafka headers as one value: for each its name and its value, both with their length as a 32-bit
 * number before them; a length of -1 is a value that is null.
 */
public final class RecordHeaderBytes {

  private RecordHeaderBytes() {}

  public static byte[] write(Headers headers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (Header header : headers) {
        byte[] name = header.key().getBytes(UTF_8);
        out.writeInt(name.length);
        out.write(name);
        byte[] value = header.value();
        out.writeInt(value == null ? -1 : value.length);
        if (value != null) {
          out.write(value);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static Headers read(byte[] bytes) {
    Headers headers = new RecordHeaders();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        String name = new String(in.readNBytes(in.readInt()), UTF_8);
        int length = in.readInt();
        headers.add(name, length < 0 ? null : in.readNBytes(length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return headers;
  }
}
