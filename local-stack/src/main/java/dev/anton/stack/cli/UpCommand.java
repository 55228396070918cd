package dev.anton.stack.cli;

import dev.anton.stack.LocalStack;
import dev.anton.stack.StackOptions;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything and stays until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Builds what is not built, starts everything and prints what runs where.")
final class UpCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin DataFolderOption data = new DataFolderOption();
  @Mixin PortOptions ports = new PortOptions();

  @Option(
      names = {"-d", "--detach"},
      description = "Leave it running in the background.")
  boolean detach;

  @Option(
      names = BackgroundLauncher.DISPATCHERS,
      paramLabel = "<n>",
      defaultValue = "1",
      description = "Replicas of the webhook dispatcher (${DEFAULT-VALUE}).")
  int dispatchers;

  @Option(
      names = BackgroundLauncher.EXECUTORS,
      paramLabel = "<n>",
      defaultValue = "1",
      description = "Replicas of the executor service (${DEFAULT-VALUE}).")
  int executors;

  @Option(names = BackgroundLauncher.MARK, hidden = true)
  boolean inBackground;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = Terminal.of(spec.commandLine().getOut());
    DataFolder folder = data.value();
    StackOptions options =
        new StackOptions(Checkout.folder(), folder.path(), ports.value(System.getenv()))
            .withDispatchers(dispatchers)
            .withExecutors(executors);
    return detach && !inBackground
        ? new BackgroundLauncher(terminal, options).start()
        : run(terminal, options);
  }

  private int run(Terminal terminal, StackOptions options) throws InterruptedException {
    StartProgress progress = new StartProgress(terminal, options.data().path());
    LocalStack stack = new LocalStack(options, progress);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, terminal), "stop"));
    Thread animation = progress.animate();
    try {
      stack.start();
    } finally {
      progress.allStarted();
      animation.interrupt();
    }
    options.data().read().ifPresent(new StackTable(terminal)::print);
    terminal.line(
        "Ready in %s at %s"
            .formatted(
                Terminal.seconds(progress.millis()),
                terminal.strong("http://localhost:" + options.ports().gateway())));
    terminal.line(
        inBackground
            ? "Next: ./anton demo   (./anton down stops it)"
            : "Next, in another terminal: ./anton demo   (Ctrl-C stops everything)");
    stack.awaitClosed();
    return 0;
  }

  private static void stop(LocalStack stack, Terminal terminal) {
    if (!stack.isClosed()) {
      terminal.line("");
      terminal.line("Stopping: services, then Kafka, then PostgreSQL");
      stack.close();
      terminal.line("Stopped; the data stays.");
    }
  }
}
