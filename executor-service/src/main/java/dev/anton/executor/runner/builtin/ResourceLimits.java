package dev.anton.executor.runner.builtin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This process's own hard limits, which no child can be given more than; see proc_pid_limits(5).
 *
 * @param hard by their names there; what is unlimited is missing
 */
record ResourceLimits(Map<String, Long> hard) {

  private static final Pattern LINE = Pattern.compile("(Max [a-z ]+?) {2,}(\\S+) +(\\S+) *\\S* *");

  static ResourceLimits current() {
    Map<String, Long> hard = new HashMap<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches() && matcher.group(3).chars().allMatch(Character::isDigit)) {
          hard.put(matcher.group(1), Long.parseLong(matcher.group(3)));
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not on Linux; there is no prlimit either.
    }
    return new ResourceLimits(hard);
  }

  long within(String name, long wanted) {
    return Math.min(wanted, hard.getOrDefault(name, Long.MAX_VALUE));
  }
}
