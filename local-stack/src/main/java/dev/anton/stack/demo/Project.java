package dev.anton.stack.demo;

/**
 * A project that the demo had built.
 *
 * @param testCommand what its plan ran to verify it
 */
record Project(String folder, String testCommand) {

  /** For a shell. */
  String line() {
    return "cd %s && %s".formatted(folder, testCommand);
  }
}
