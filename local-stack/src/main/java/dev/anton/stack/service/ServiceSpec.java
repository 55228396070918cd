package dev.anton.stack.service;

import dev.anton.stack.process.ChildProcess;
import java.nio.file.Path;

/**
 * A service to run.
 *
 * @param port on the loopback address
 * @param readinessPath answers 200 when the service is ready
 */
public record ServiceSpec(
    String name, int port, String readinessPath, ChildProcess.Command command) {

  Path log() {
    return command.log();
  }
}
