package dev.anton.stack.cli;

import dev.anton.stack.state.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack a command is about. */
final class DataFolderOption {

  @Option(
      names = "--data-dir",
      paramLabel = "<folder>",
      description = "What is kept between starts (ANTON_HOME; .anton beside this script).")
  @Nullable Path folder;

  DataFolder value() {
    if (folder != null) {
      return new DataFolder(folder);
    }
    String fromEnvironment = System.getenv("ANTON_HOME");
    return new DataFolder(
        fromEnvironment == null || fromEnvironment.isBlank()
            ? Checkout.folder().resolve(".anton")
            : Path.of(fromEnvironment));
  }
}
