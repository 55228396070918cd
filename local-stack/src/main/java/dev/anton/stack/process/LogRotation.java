package dev.anton.stack.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a log bounded while its process goes on writing to it: the content is moved to {@code
 * <log>.1}, what was there to {@code <log>.2}, and the log begins anew. Works because our processes
 * append; a line written in the very moment between copy and cut may be lost.
 */
public final class LogRotation {

  private LogRotation() {}

  /**
   * Rotates if the log has grown beyond the bound; so all its files hold at most three times that.
   */
  public static void rotate(Path log, long maxBytes) throws IOException {
    if (!Files.exists(log) || Files.size(log) <= maxBytes) {
      return;
    }
    Path previous = numbered(log, 1);
    if (Files.exists(previous)) {
      Files.move(previous, numbered(log, 2), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.copy(log, previous, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
  }

  private static Path numbered(Path log, int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }
}
