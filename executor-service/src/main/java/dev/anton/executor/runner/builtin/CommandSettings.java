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
 * @param maxOutputBytes a command that writes more is ended: it has run wild
 */
record CommandSettings(Set<String> allowed, String path, long maxOutputBytes) {

  /** What builds and tests projects of the offered kinds. */
  private static final String DEFAULT_ALLOWED =
      "python3,python,pip,pip3,node,npm,npx,java,javac,jar,mvn,gradle,git,make,true,false,echo";

  /** The log keeps the first MiB; a verbose Maven build writes a few. */
  private static final String DEFAULT_MAX_OUTPUT_BYTES = Integer.toString(64 << 20);

  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  static CommandSettings of(Map<String, String> settings) {
    String inherited = System.getenv().getOrDefault("PATH", DEFAULT_PATH);
    return new CommandSettings(
        Arrays.stream(settings.getOrDefault("allowed-executables", DEFAULT_ALLOWED).split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()),
        settings.getOrDefault("path", inherited),
        Long.parseLong(settings.getOrDefault("max-output-bytes", DEFAULT_MAX_OUTPUT_BYTES)));
  }
}
