package dev.anton.executor.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.plugin.runner.NodeLog;
import dev.anton.schemas.time.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the lines of one attempt to a node's file. A log that cannot be written fails nothing.
 */
public final class FileNodeLog implements NodeLog, AutoCloseable {

  /** Per attempt: what a person reads, times a hundred. */
  static final int MAX_BYTES = 1 << 20;

  /** A longer line is cut; binary output has few line ends. */
  static final int MAX_LINE_CHARACTERS = 8 << 10;

  private static final Logger log = LoggerFactory.getLogger(FileNodeLog.class);

  private final Path file;
  private final int attempt;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OutputStream out;
  private int written;
  private boolean ended;

  FileNodeLog(Path file, int attempt, Clock clock) {
    this.file = file;
    this.attempt = attempt;
    this.clock = clock;
  }

  @Override
  public void line(String text) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      OutputStream stream = stream();
      byte[] line = bytes(text);
      if (written + line.length > MAX_BYTES) {
        ended = true;
        stream.write(bytes("… more than " + MAX_BYTES + " bytes: the rest is left out"));
      } else {
        stream.write(line);
        written += line.length;
      }
    } catch (IOException e) {
      ended = true;
      log.warn("Cannot write the node log {}: {}", file, e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      ended = true;
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      log.warn("Cannot close the node log {}: {}", file, e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private OutputStream stream() throws IOException {
    OutputStream stream = out;
    if (stream == null) {
      Files.createDirectories(file.getParent());
      stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      out = stream;
      stream.write(bytes("--- attempt " + attempt + ", " + Timestamps.format(clock.instant())));
    }
    return stream;
  }

  private static byte[] bytes(String text) {
    String line =
        text.length() > MAX_LINE_CHARACTERS ? text.substring(0, MAX_LINE_CHARACTERS) + "…" : text;
    return (line + "\n").getBytes(UTF_8);
  }
}
