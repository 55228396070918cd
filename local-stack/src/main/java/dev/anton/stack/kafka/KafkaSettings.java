package dev.anton.stack.kafka;

import java.nio.file.Path;

/**
 * How to run a broker.
 *
 * @param folder keeps the log segments, the configuration and the log; created when absent, else
 *     continued
 * @param port on the loopback address
 * @param maxHeapMegabytes the broker's heap; the file cache outside of it does most of the work
 */
public record KafkaSettings(Path folder, int port, int maxHeapMegabytes) {

  /** Measured: 5 topics of 12 partitions and a full-speed producer live well in it. */
  public static final int DEFAULT_HEAP_MEGABYTES = 512;

  public KafkaSettings(Path folder, int port) {
    this(folder, port, DEFAULT_HEAP_MEGABYTES);
  }

  Path segments() {
    return folder.resolve("segments");
  }

  public Path log() {
    return folder.resolve("kafka.log");
  }
}
