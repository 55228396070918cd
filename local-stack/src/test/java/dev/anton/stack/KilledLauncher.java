package dev.anton.stack;

import dev.anton.stack.process.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A stack with stand-ins in a JVM of its own, to be killed. */
final class KilledLauncher {

  private KilledLauncher() {}

  static Process start(StackOptions options, Path stopped) throws IOException {
    Ports ports = options.ports();
    return new ProcessBuilder(
            Jdk.java(),
            "-Xmx128m",
            "-cp",
            Jdk.classPath(),
            KilledLauncher.class.getName(),
            options.data().path().toString(),
            stopped.toString(),
            Integer.toString(ports.gateway()),
            Integer.toString(ports.planner()),
            Integer.toString(ports.executor()),
            Integer.toString(ports.dispatcher()),
            Integer.toString(ports.postgres()),
            Integer.toString(ports.kafka()))
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(
                new File(stopped.getParent().toFile(), "launcher.log")))
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    Ports ports =
        new Ports(
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]),
            Integer.parseInt(arguments[7]));
    Path data = Path.of(arguments[0]);
    LocalStack.start(
            new StackOptions(data, data, ports)
                .with(StandIns.noting(Path.of(arguments[1])))
                .withMinimumFreeBytes(0))
        .awaitClosed();
  }
}
