package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.CommandSettings.Limits;
import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts a program in the project: {@code {"command": [executable, arguments…],
 * "workingDirectory"?, "env"?}}. No shell is involved, the executable is on the operator's list,
 * the environment is clean, there is no input. What the program writes goes to the node's log. CPU
 * time, memory, processes, output and files are bounded. When it ends, or is ended, so does
 * whatever it left running. The output is {@code {"exitCode", "lastLines"}}.
 *
 * <p>Settings: {@code allowed-executables}, {@code path}, and the limits of {@link Limits}.
 */
@RunnerName("command")
public final class CommandRunner implements NodeRunner {

  /** By it, processes that left their tree and their session are found. */
  private static final String MARK = "ANTON_COMMAND";

  /** What a shell makes of SIGXCPU: 128 and the signal's number. */
  private static final int CPU_TIME_USED_UP = 128 + 24;

  private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(5);

  @Override
  public Optional<String> unavailable(Map<String, String> settings) {
    try {
      CommandSettings.of(settings);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("its settings cannot be read: " + e.getMessage());
    }
  }

  @Override
  public NodeResult run(NodeContext context) throws IOException, InterruptedException {
    CommandSettings settings = CommandSettings.of(context.settings());
    CommandLine command;
    try {
      command = CommandLine.of(context, settings);
    } catch (RefusedException e) {
      return NodeResult.badInput(e.reason());
    }
    Limits limits = settings.limits();
    String mark = MARK + "=" + context.executionId() + "/" + UUID.randomUUID();
    Process process = Launcher.start(command, limits, mark);
    // Closing its input has the guard kill it, even if nothing else can be done.
    try (OutputStream _ = process.getOutputStream()) {
      return ended(process, mark, context, limits);
    }
  }

  private static NodeResult ended(Process process, String mark, NodeContext context, Limits limits)
      throws IOException, InterruptedException {
    ProcessTree tree = new ProcessTree(process, Launcher.leadsSession(), mark);
    CommandOutput output;
    Thread reader;
    int exitCode;
    Optional<String> exceeded;
    try {
      output =
          new CommandOutput(
              process.getInputStream(), context.log(), limits.outputBytes(), tree::kill);
      // A platform thread: a read from a pipe would hold a virtual one's carrier.
      reader = Thread.ofPlatform().daemon().name("output-" + process.pid()).start(output);
      CommandWatch watch = CommandWatch.start(tree, limits, context.projectFolder(), process.pid());
      try (watch) {
        exitCode = process.waitFor();
      }
      exceeded = watch.exceeded();
    } finally {
      tree.end();
    }
    reader.join(OUTPUT_PATIENCE);
    return exceeded.map(NodeResult::failed).orElseGet(() -> result(exitCode, output, limits));
  }

  private static NodeResult result(int exitCode, CommandOutput output, Limits limits) {
    if (output.tooMuch()) {
      return NodeResult.failed(
          "The command wrote more than " + limits.outputBytes() + " bytes and was ended");
    }
    if (exitCode == CPU_TIME_USED_UP) {
      return NodeResult.failed(
          "The command used more than " + limits.cpuSeconds() + " s of CPU time and was ended");
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
