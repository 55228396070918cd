package dev.anton.stack;

import dev.anton.stack.postgres.DatabaseAccess;
import dev.anton.stack.postgres.ServiceRole;
import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.Jdk;
import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.StartException;
import dev.anton.stack.service.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The four services, from their boot jars, configured by environment variables alone. */
final class AntonServices implements ServiceCatalogue {

  private static final String READINESS = "/actuator/health/readiness";

  /**
   * Each service is content with it; the dispatcher's aim for a backlog of a million is 256 MiB.
   */
  private static final String MAX_HEAP = "-Xmx512m";

  @Override
  public List<ServiceSpec> services(StackOptions options, Backends backends) {
    Ports ports = options.ports();
    return List.of(
        service(options, backends, "planner-service", ports.planner(), ServiceRole.PLANNER),
        service(options, backends, "executor-service", ports.executor(), ServiceRole.EXECUTOR),
        service(
            options, backends, "webhook-dispatcher", ports.dispatcher(), ServiceRole.DISPATCHER),
        service(options, backends, "api-gateway", ports.gateway(), null));
  }

  private static ServiceSpec service(
      StackOptions options, Backends backends, String name, int port, @Nullable ServiceRole role) {
    Map<String, String> environment = new HashMap<>(shared(options, backends));
    environment.put("SERVER_PORT", Integer.toString(port));
    if (role != null) {
      DatabaseAccess database = backends.database().apply(role);
      environment.put(
          "SPRING_DATASOURCE_URL", database.jdbcUrl() + "?currentSchema=" + role.roleName());
      environment.put("SPRING_DATASOURCE_USERNAME", database.username());
      environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
    }
    List<String> line =
        List.of(
            Jdk.java(),
            "-Xms64m",
            MAX_HEAP,
            "-XX:+UseSerialGC", // four JVMs on a small machine: few threads, little memory
            "-XX:+ExitOnOutOfMemoryError", // what limps is worse than what is started again
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            bootJar(options.home().resolve(name)).toString());
    return new ServiceSpec(
        name,
        port,
        READINESS,
        new ChildProcess.Command(line, environment, options.data().logs().resolve(name + ".log")));
  }

  private static Map<String, String> shared(StackOptions options, Backends backends) {
    Ports ports = options.ports();
    return Map.of(
        "SERVER_ADDRESS", LoopbackPorts.ADDRESS,
        "SPRING_KAFKA_BOOTSTRAP_SERVERS", backends.bootstrapServers(),
        "ANTON_WORKSPACE", options.data().workspace().toString(),
        "ANTON_SERVICES_PLANNER_URL", url(ports.planner()),
        "ANTON_SERVICES_EXECUTOR_URL", url(ports.executor()),
        "ANTON_SERVICES_DISPATCHER_URL", url(ports.dispatcher()),
        "ANTON_SECRETS_KEYS", backends.secretKeys(),
        // Receivers on this very machine are what a person tries first.
        "ANTON_EGRESS_ALLOWEDNETWORKS", "127.0.0.0/8,::1/128");
  }

  private static String url(int port) {
    return "http://%s:%d".formatted(LoopbackPorts.ADDRESS, port);
  }

  private static Path bootJar(Path module) {
    Path target = module.resolve("target");
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches(module.getFileName() + "-[0-9].*\\.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new StartException(
                      "%s is not built; ./anton up builds it, and so does mvn package."
                          .formatted(module.getFileName())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
