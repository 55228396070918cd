package dev.anton.dispatcher.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Names the line in which an ordered delivery stands, among those of its subscription: a 64-bit
 * FNV-1a hash (draft-eastlake-fnv) of the replay, topic, partition and key of its record. Two lines
 * with the same hash would be served as one, in an order that is right for both.
 */
final class OrderKey {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private OrderKey() {}

  static long of(String replayId, RecordPosition position, byte[] key) {
    long hash = add(OFFSET_BASIS, replayId.getBytes(UTF_8));
    hash = add(hash, position.topic().getBytes(UTF_8));
    hash = add(hash, Integer.toString(position.partition()).getBytes(UTF_8));
    return add(hash, key);
  }

  /** The bytes and an end mark, which is in no UTF-8. */
  private static long add(long hash, byte[] bytes) {
    long next = hash;
    for (byte b : bytes) {
      next = (next ^ (b & 0xff)) * PRIME;
    }
    return (next ^ 0xff) * PRIME;
  }
}
