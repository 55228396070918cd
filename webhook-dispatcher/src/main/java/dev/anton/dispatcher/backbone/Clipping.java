package dev.anton.dispatcher.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record small enough for the broker: what a producer could just write is too large once
 * our headers are added. Long headers go first, then all but CloudEvents' and our own, then the
 * key, then the end of the value; a header says what is missing.
 *
 * @param ownPrefix what the names of our own headers begin with; these stay
 * @param cutsValue whether a part of the value is of use to anybody
 */
public record Clipping(String ownPrefix, boolean cutsValue) {

  /** What was left out. */
  public static final String HEADER = "anton_clipped";

  private static final String CLOUD_EVENTS = "ce_";
  private static final int SHORT = 1024;

  /** A record's and a batch's own fields, and the header that says what was clipped. */
  private static final int OVERHEAD = 1024;

  /**
   * The record, smaller.
   *
   * @param limit bytes in all; at least some thousand
   */
  ProducerRecord<byte[], byte[]> clip(ProducerRecord<byte[], byte[]> record, int limit) {
    int budget = limit - OVERHEAD;
    byte @Nullable [] key = record.key();
    byte @Nullable [] value = record.value();
    List<String> missing = new ArrayList<>();
    Headers headers = new RecordHeaders();
    boolean tight = size(withoutLong(record.headers())) + size(key) + size(value) > budget;
    for (Header header : record.headers()) {
      if (isKept(header, tight)) {
        headers.add(header);
      } else {
        missing.add("a header of " + size(header) + " bytes");
      }
    }
    if (key != null && key.length > SHORT && size(headers) + size(key) + size(value) > budget) {
      missing.add("the key of " + key.length + " bytes");
      key = null;
    }
    int room = Math.max(0, budget - size(headers) - size(key));
    if (cutsValue && value != null && value.length > room) {
      missing.add("all but the first " + room + " of " + value.length + " bytes of the value");
      value = Arrays.copyOf(value, room);
    }
    headers.add(HEADER, summary(missing).getBytes(UTF_8));
    return new ProducerRecord<>(record.topic(), null, key, value, headers);
  }

  private boolean isKept(Header header, boolean tight) {
    return header.key().startsWith(ownPrefix)
        || (size(header) <= SHORT && (!tight || header.key().startsWith(CLOUD_EVENTS)));
  }

  private List<Header> withoutLong(Headers headers) {
    List<Header> kept = new ArrayList<>();
    headers.forEach(
        header -> {
          if (isKept(header, false)) {
            kept.add(header);
          }
        });
    return kept;
  }

  private static String summary(List<String> missing) {
    String some = String.join("; ", missing.subList(0, Math.min(8, missing.size())));
    return missing.size() <= 8 ? some : some + "; and " + (missing.size() - 8) + " more headers";
  }

  private static int size(Iterable<Header> headers) {
    int size = 0;
    for (Header header : headers) {
      size += size(header);
    }
    return size;
  }

  /** With room for its lengths. */
  private static int size(Header header) {
    return header.key().getBytes(UTF_8).length + size(header.value()) + 10;
  }

  private static int size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
