package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.eventlog.Stretch;
import java.util.List;
import java.util.stream.Collectors;

/** What is left of the log to read, as text: a line for each partition. */
final class LogPositions {

  private LogPositions() {}

  static String format(List<Stretch> stretches) {
    return stretches.stream()
        .map(it -> it.topic() + " " + it.partition() + " " + it.next() + " " + it.end())
        .collect(Collectors.joining("\n"));
  }

  static List<Stretch> parse(String text) {
    return text.lines().map(LogPositions::line).toList();
  }

  private static Stretch line(String line) {
    String[] parts = line.split(" ", 4);
    return new Stretch(
        parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
  }
}
