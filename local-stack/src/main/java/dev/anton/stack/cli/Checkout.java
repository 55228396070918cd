package dev.anton.stack.cli;

import java.nio.file.Path;

/** The folder the modules lie in. */
final class Checkout {

  private Checkout() {}

  /** As the script says; the working folder when we were started by hand. */
  static Path folder() {
    return Path.of(System.getProperty("anton.checkout", "")).toAbsolutePath();
  }
}
