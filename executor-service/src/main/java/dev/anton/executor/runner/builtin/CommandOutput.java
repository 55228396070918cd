package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.plugin.runner.NodeLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Reads what a process writes, on a thread of its own: into the log line by line, the last lines
 * also into memory. What it holds is bounded whatever the process writes.
 */
final class CommandOutput implements Runnable {

  private static final int LAST_LINES = 20;
  private static final int LINE_BYTES = 8 << 10;
  private static final int KEPT_CHARACTERS = 500;

  private final InputStream stream;
  private final NodeLog log;
  private final long maxBytes;
  private final Runnable onTooMuch;
  private final Deque<String> last = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile boolean tooMuch;

  /**
   * @param onTooMuch called once when there are more than {@code maxBytes}
   */
  CommandOutput(InputStream stream, NodeLog log, long maxBytes, Runnable onTooMuch) {
    this.stream = stream;
    this.log = log;
    this.maxBytes = maxBytes;
    this.onTooMuch = onTooMuch;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[16 << 10];
    long total = 0;
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        total += read;
        if (total > maxBytes && !tooMuch) {
          tooMuch = true;
          onTooMuch.run();
        }
        if (!tooMuch) {
          take(buffer, read);
        }
      }
    } catch (IOException e) {
      // The process was ended while it wrote.
    }
    if (line.size() > 0) {
      endLine();
    }
  }

  boolean tooMuch() {
    return tooMuch;
  }

  /** Of what has been read so far. */
  List<String> lastLines() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  private void take(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        endLine();
      } else {
        line.write(buffer[i]);
        if (line.size() == LINE_BYTES) {
          endLine();
        }
      }
    }
  }

  private void endLine() {
    String text = line.toString(UTF_8).stripTrailing();
    line.reset();
    log.line(text);
    String kept = text.length() > KEPT_CHARACTERS ? text.substring(0, KEPT_CHARACTERS) + "…" : text;
    synchronized (last) {
      if (last.size() == LAST_LINES) {
        last.removeFirst();
      }
      last.addLast(kept);
    }
  }
}
