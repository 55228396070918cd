package dev.anton.executor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Reads a node's log while it grows, on the caller's thread. The file may not be there yet; it may
 * be written by another replica, which shares the workspace.
 */
public final class LogFollower {

  /** What is read at a time, in bytes, and all that a follower holds in memory. */
  private static final int CHUNK = 64 << 10;

  private static final Duration LOOK = Duration.ofMillis(200);

  /** Whether the node has ended is asked less often: that is a query. */
  private static final int LOOKS_PER_QUESTION = 5;

  private final Path file;
  private final byte[] bytes = new byte[CHUNK];
  private long offset;

  /**
   * @param offset where to begin, in bytes; beyond the end it waits for more
   */
  public LogFollower(Path file, long offset) {
    this.file = file;
    this.offset = offset;
  }

  /** Takes what was written. */
  public interface Sink {

    /**
     * @param bytes the first {@code length} of them; used again afterwards
     * @param from offset of the first one
     */
    void write(byte[] bytes, int length, long from) throws IOException;

    /** There has been nothing to write for a look. */
    void idle() throws IOException;
  }

  /**
   * Returns when the node has ended and all that it had written is handed on, or the time is over.
   *
   * @param ended whether nothing more will be written
   * @return whether the node has ended
   * @throws IOException the sink's, or if the file cannot be read
   */
  public boolean follow(BooleanSupplier ended, Duration atMost, Sink sink)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (int look = 0; System.nanoTime() < deadline; look++) {
      // Asked first and read afterwards: what was written until the end is not missed.
      boolean over = look % LOOKS_PER_QUESTION == 0 && ended.getAsBoolean();
      boolean some = false;
      for (int length = read(); length > 0; length = read()) {
        some = true;
        sink.write(bytes, length, offset);
        offset += length;
      }
      if (over) {
        return true;
      }
      if (!some) {
        sink.idle();
      }
      Thread.sleep(LOOK);
    }
    return false;
  }

  private int read() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.read(ByteBuffer.wrap(bytes), offset);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
