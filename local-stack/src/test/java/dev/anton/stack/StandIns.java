package dev.anton.stack;

import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.Jdk;
import dev.anton.stack.service.ServiceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Services that do nothing but live and die, on the ports of the real ones. */
record StandIns(Path stopped, List<String> failure) implements ServiceCatalogue {

  static StandIns noting(Path stopped) {
    return new StandIns(stopped, List.of());
  }

  StandIns failingWith(String message) {
    return new StandIns(stopped, List.of(message));
  }

  @Override
  public List<ServiceSpec> services(StackOptions options, Backends backends) {
    return List.of(
        spec(options, "planner-service", options.ports().planner(), List.of()),
        spec(options, "api-gateway", options.ports().gateway(), failure));
  }

  private ServiceSpec spec(StackOptions options, String name, int port, List<String> more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Jdk.java(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                StandInService.class.getName(),
                name,
                Integer.toString(port),
                stopped.toString()));
    line.addAll(more);
    return new ServiceSpec(
        name,
        port,
        "/ready",
        new ChildProcess.Command(line, Map.of(), options.data().logs().resolve(name + ".log")));
  }
}
