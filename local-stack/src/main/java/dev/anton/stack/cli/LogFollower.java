package dev.anton.stack.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines a log gains. A log that was rotated is read from its new beginning. */
final class LogFollower {

  private static final int CHUNK = 64 * 1024;

  private final Path log;
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private long position;

  LogFollower(Path log, long position) {
    this.log = log;
    this.position = position;
  }

  /** Those finished since the last call, from at most 64 KiB; none as long as there is no log. */
  List<String> newLines() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      if (file.length() < position) {
        position = 0;
        unfinished.reset();
      }
      byte[] bytes = new byte[Math.toIntExact(Math.min(CHUNK, file.length() - position))];
      file.seek(position);
      file.readFully(bytes);
      position += bytes.length;
      return lines(bytes);
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    for (byte each : bytes) {
      if (each == '\n') {
        lines.add(unfinished.toString(StandardCharsets.UTF_8));
        unfinished.reset();
      } else {
        unfinished.write(each);
      }
    }
    return lines;
  }
}
