package dev.anton.stack.demo;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A project that the demo had built.
 *
 * @param testCommand what its plan ran to verify it, word by word
 */
record Project(String folder, List<String> testCommand) {

  /** Means itself in every POSIX shell, wherever it stands in a command. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

  Project {
    testCommand = List.copyOf(testCommand);
  }

  /** For a shell, to which a folder's name and a plan's words are words and nothing else. */
  String line() {
    return "cd %s && %s"
        .formatted(quoted(folder), testCommand.stream().map(Project::quoted).collect(joining(" ")));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
