package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a program in the project: {@code {"command": [executable, arguments…],
 * "workingDirectory"?, "env"?}}. No shell is involved, the executable is on the operator's list,
 * the environment is clean, there is no input. What the program writes goes to the node's log. When
 * it ends, or is ended, so does whatever it left running. The output is {@code {"exitCode",
 * "lastLines"}}.
 *
 * <p>Settings: {@code allowed-executables}, {@code path}, {@code max-output-bytes}.
 */
@RunnerName("command")
public final class CommandRunner implements NodeRunner {

  /** Makes the process the leader of its own session, so that all that comes from it is found. */
  private static final Optional<Path> SETSID =
      System.getProperty("os.name").equals("Linux")
          ? CommandLine.find("setsid", "/usr/bin:/bin")
          : Optional.empty();

  private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(5);

  @Override
  public NodeResult run(NodeContext context) throws IOException, InterruptedException {
    CommandSettings settings = CommandSettings.of(context.settings());
    CommandLine command;
    try {
      command = CommandLine.of(context, settings);
    } catch (RefusedException e) {
      return NodeResult.badInput(e.reason());
    }
    Process process = start(command);
    ProcessTree tree = new ProcessTree(process, SETSID.isPresent());
    CommandOutput output =
        new CommandOutput(
            process.getInputStream(),
            context.log(),
            settings.maxOutputBytes(),
            process::destroyForcibly);
    // A platform thread: a read from a pipe would hold a virtual one's carrier.
    Thread reader = Thread.ofPlatform().daemon().name("output-" + process.pid()).start(output);
    int exitCode;
    try {
      exitCode = process.waitFor();
    } finally {
      tree.end();
    }
    reader.join(OUTPUT_PATIENCE);
    return result(exitCode, output, settings);
  }

  private static Process start(CommandLine command) throws IOException {
    List<String> arguments = new ArrayList<>();
    SETSID.ifPresent(setsid -> arguments.add(setsid.toString()));
    arguments.addAll(command.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(arguments)
            .directory(command.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectInput(
                ProcessBuilder.Redirect.from(
                    new File(File.separatorChar == '/' ? "/dev/null" : "NUL")));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    return builder.start();
  }

  private static NodeResult result(int exitCode, CommandOutput output, CommandSettings settings) {
    if (output.tooMuch()) {
      return NodeResult.failed(
          "The command wrote more than " + settings.maxOutputBytes() + " bytes and was ended");
    }
    List<String> lines = output.lastLines();
    if (exitCode != 0) {
      String last = lines.isEmpty() ? "" : ": " + lines.getLast();
      return NodeResult.failed("The command ended with exit code " + exitCode + last);
    }
    Map<String, Object> handedOn = new LinkedHashMap<>();
    handedOn.put("exitCode", exitCode);
    handedOn.put("lastLines", lines);
    return NodeResult.completed(handedOn);
  }
}
