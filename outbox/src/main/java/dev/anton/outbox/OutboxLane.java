package dev.anton.outbox;

/** Which lane a key belongs to; the migration creates as many lanes as there are here. */
final class OutboxLane {

  private static final int COUNT = 8;

  private OutboxLane() {}

  static String of(String key) {
    return "lane-" + Math.floorMod(key.hashCode(), COUNT);
  }

  static int count() {
    return COUNT;
  }
}
