package dev.anton.stack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the main job. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "todo")
final class DemoCommand implements Callable<Integer> {
  @Mixin DataFolderOption data = new DataFolderOption();

  @Override
  public Integer call() {
    return 1;
  }
}
