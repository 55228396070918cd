package dev.anton.executor.runner.builtin;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator lets commands do.
 *
 * @param allowed names of the executables that a plan may start
 * @param path where they are looked for
 * @param limits what a command and all it starts may use
 */
record CommandSettings(Set<String> allowed, String path, Limits limits) {

  /**
   * What a command may use; {@code docs/runners.md} says what enforces each.
   *
   * @param outputBytes of standard output and error: who writes more has run wild
   * @param cpuSeconds of all its processes together
   * @param memoryBytes of all its processes together
   * @param processes at a time
   * @param fileBytes of any one file that it writes
   * @param freeDiskBytes which the project's disk keeps: below it, the command is ended
   */
  record Limits(
      long outputBytes,
      long cpuSeconds,
      long memoryBytes,
      long processes,
      long fileBytes,
      long freeDiskBytes) {

    private static Limits of(Map<String, String> settings) {
      return new Limits(
          // The log keeps the first MiB; a verbose Maven build writes a few.
          number(settings, "max-output-bytes", 64L << 20),
          // Two cores for as long as a node may take unless told.
          number(settings, "max-cpu-seconds", 1200),
          // A build with its tests; the machine runs several.
          number(settings, "max-memory-bytes", 4L << 30),
          // make -j and npm start dozens; a fork bomb hundreds within the blink of an eye.
          number(settings, "max-processes", 512),
          number(settings, "max-file-bytes", 1L << 30),
          number(settings, "min-free-disk-bytes", 256L << 20));
    }
  }

  /** What builds and tests projects of the offered kinds. */
  private static final String DEFAULT_ALLOWED =
      "python3,python,pip,pip3,node,npm,npx,java,javac,jar,mvn,gradle,git,make,true,false,echo";

  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /**
   * @throws IllegalArgumentException if a setting cannot be read; the message names it
   */
  static CommandSettings of(Map<String, String> settings) {
    String inherited = System.getenv().getOrDefault("PATH", DEFAULT_PATH);
    return new CommandSettings(
        Arrays.stream(settings.getOrDefault("allowed-executables", DEFAULT_ALLOWED).split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()),
        settings.getOrDefault("path", inherited),
        Limits.of(settings));
  }

  private static long number(Map<String, String> settings, String name, long otherwise) {
    String text = settings.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.strip());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(name + " is a whole number above 0, not " + text);
  }
}
