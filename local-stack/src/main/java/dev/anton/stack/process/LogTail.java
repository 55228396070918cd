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

  private static final Pattern ERROR =
      Pattern.compile("\\b(FATAL|PANIC|ERROR|\\w*Exception|\\w*Error)\\b");

  /** Spring Boot's report on a failed start: the sentence is two lines below. */
  private static final String DESCRIPTION = "Description:";

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

  /**
   * The line that says best why the process ended: the description of Spring Boot's report, else
   * the cause of the last stack trace, else the last line that names an error, else the last one.
   */
  public static String lastTelling(Path log) {
    List<String> lines = lines(log, 400).stream().filter(line -> !line.isBlank()).toList();
    List<String> newestFirst = lines.reversed();
    int description = lines.lastIndexOf(DESCRIPTION);
    if (description >= 0 && description + 1 < lines.size()) {
      return lines.get(description + 1).strip();
    }
    return newestFirst.stream()
        .filter(line -> line.startsWith("Caused by:"))
        .findFirst()
        .or(() -> newestFirst.stream().filter(LogTail::namesError).findFirst())
        .or(() -> newestFirst.stream().findFirst())
        .map(String::strip)
        .orElse("it wrote nothing");
  }

  private static boolean namesError(String line) {
    return ERROR.matcher(line).find() && !line.stripLeading().startsWith("at ");
  }
}
