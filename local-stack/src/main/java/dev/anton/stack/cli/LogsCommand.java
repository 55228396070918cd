package dev.anton.stack.cli;

import dev.anton.stack.process.LogTail;
import dev.anton.stack.process.Pause;
import dev.anton.stack.process.StartException;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the processes wrote. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints the end of the logs.")
final class LogsCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin DataFolderOption data = new DataFolderOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "<service>",
      description = "Such as planner, kafka or build; all if absent.")
  @Nullable String service;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on printing what is added, until Ctrl-C.")
  boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "<n>",
      defaultValue = "40",
      description = "How many lines of each log (${DEFAULT-VALUE}).")
  int count;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(spec.commandLine().getOut());
    SortedMap<String, Path> logs = logs(data.value());
    if (service != null) {
      String part = service;
      logs.keySet().removeIf(name -> !name.contains(part));
    }
    if (logs.isEmpty()) {
      throw new StartException(
          "There is no log%s in %s yet."
              .formatted(service == null ? "" : " of " + service, data.value().path()));
    }
    int width = logs.keySet().stream().mapToInt(String::length).max().orElse(0);
    Map<String, LogFollower> followers = new HashMap<>();
    for (Map.Entry<String, Path> log : logs.entrySet()) {
      followers.put(log.getKey(), new LogFollower(log.getValue(), Files.size(log.getValue())));
      for (String line : LogTail.lines(log.getValue(), count)) {
        terminal.line(prefix(terminal, logs, log.getKey(), width) + line);
      }
    }
    while (follow) {
      followers.forEach(
          (name, follower) ->
              follower
                  .newLines()
                  .forEach(line -> terminal.line(prefix(terminal, logs, name, width) + line)));
      Pause.of(Duration.ofMillis(200));
    }
    return 0;
  }

  private static String prefix(
      Terminal terminal, SortedMap<String, Path> logs, String name, int width) {
    return logs.size() == 1 ? "" : terminal.faint(name + " ".repeat(width - name.length()) + " | ");
  }

  private static SortedMap<String, Path> logs(DataFolder folder) throws IOException {
    SortedMap<String, Path> byName = new TreeMap<>();
    for (Path place :
        new Path[] {
          folder.logs(), folder.path().resolve("postgres"), folder.path().resolve("kafka")
        }) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place)) {
          files
              .filter(file -> file.toString().endsWith(".log"))
              .forEach(file -> byName.put(file.getFileName().toString().replace(".log", ""), file));
        }
      }
    }
    return byName;
  }
}
