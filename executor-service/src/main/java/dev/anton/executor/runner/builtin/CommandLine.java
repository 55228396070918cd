package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a node asks to be started, checked against what is allowed. */
record CommandLine(List<String> arguments, Path workingDirectory, Map<String, String> environment) {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What tools need to find their caches and to speak UTF-8; everything else stays here. */
  private static final List<String> INHERITED =
      List.of("HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

  static CommandLine of(NodeContext context, CommandSettings settings) throws RefusedException {
    JsonNode inputs = context.inputs();
    return new CommandLine(
        arguments(inputs.path("command"), settings),
        workingDirectory(context, inputs.path("workingDirectory").asString(".")),
        environment(inputs.path("env"), settings));
  }

  /** Where an executable lies, or empty if it is nowhere on the path. */
  static Optional<Path> find(String executable, String path) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder).resolve(executable);
      if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  private static List<String> arguments(JsonNode command, CommandSettings settings)
      throws RefusedException {
    if (!command.isArray() || command.isEmpty()) {
      throw new RefusedException("inputs.command is a list: an executable and its arguments");
    }
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : command) {
      if (!argument.isString() || argument.stringValue().indexOf('\0') >= 0) {
        throw new RefusedException("Each of inputs.command is a text");
      }
      arguments.add(argument.stringValue());
    }
    String executable = arguments.getFirst();
    if (!settings.allowed().contains(executable)) {
      throw new RefusedException(
          "The executable "
              + executable
              + " is not allowed here; allowed are "
              + String.join(", ", new TreeSet<>(settings.allowed())));
    }
    Path found =
        find(executable, settings.path())
            .orElseThrow(
                () -> new RefusedException("The executable " + executable + " is not installed"));
    arguments.set(0, found.toString());
    return arguments;
  }

  private static Path workingDirectory(NodeContext context, String path) throws RefusedException {
    Path folder = ProjectPaths.resolve(context.projectFolder(), path);
    if (!Files.isDirectory(folder)) {
      throw new RefusedException("The working directory " + path + " does not exist");
    }
    return folder;
  }

  private static Map<String, String> environment(JsonNode env, CommandSettings settings)
      throws RefusedException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : INHERITED) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.put("PATH", settings.path());
    for (Map.Entry<String, JsonNode> entry : env.properties()) {
      String name = entry.getKey();
      if (!VARIABLE.matcher(name).matches()
          || !entry.getValue().isString()
          || entry.getValue().stringValue().indexOf('\0') >= 0) {
        throw new RefusedException("Each of inputs.env is a variable's name and a text");
      }
      if (name.equals("PATH") || name.startsWith("LD_") || name.startsWith("DYLD_")) {
        throw new RefusedException("The variable " + name + " cannot be set by a plan");
      }
      environment.put(name, entry.getValue().stringValue());
    }
    return environment;
  }
}
