package dev.anton.stack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The end of a log file, read without reading the rest. */
public final class LogTail {

  private static final int BYTES = 64 * 1024;

  private static final Pattern TELLING =
      Pattern.compile(
          "\\b(FATAL|PANIC|ERROR|Exception|Caused by|Error|HINT|Address already in use)\\b");

  private LogTail() {}

  /** The last lines, oldest first, from at most 64 KiB; empty if there is no such file. */
  public static List<String> lines(Path log, int count) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - BYTES);
      byte[] end = new byte[Math.toIntExact(file.length() - start)];
      file.seek(start);
      file.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last line that names an error, else the last line that is not blank. */
  public static String lastTelling(Path log) {
    List<String> lines = lines(log, 400).reversed();
    return lines.stream()
        .filter(line -> TELLING.matcher(line).find() && !line.stripLeading().startsWith("at "))
        .findFirst()
        .or(() -> lines.stream().filter(line -> !line.isBlank()).findFirst())
        .map(String::strip)
        .orElse("it wrote nothing");
  }
}
