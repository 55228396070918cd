package dev.anton.stack;

import dev.anton.stack.postgres.DatabaseAccess;
import dev.anton.stack.postgres.ServiceRole;
import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.Jdk;
import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.service.BootJar;
import dev.anton.stack.service.ServiceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Anton's services, from their boot jars, configured by environment variables alone. */
public final class AntonServices implements ServiceCatalogue {

  private static final String PORT = "SERVER_PORT";
  private static final String READINESS = "/actuator/health/readiness";

  /**
   * Each service is content with 512 MiB; the dispatcher's aim for a long backlog is half of it.
   */
  private static final List<String> JVM =
      List.of(
          Jdk.java(),
          "-Xms64m",
          "-Xmx512m",
          "-XX:+UseSerialGC", // four JVMs on a small machine: few threads, little memory
          "-XX:+ExitOnOutOfMemoryError", // what limps is worse than what is started again
          "--enable-native-access=ALL-UNNAMED");

  /**
   * Half of the dispatcher's heap is for what lives for milliseconds. With the usual third of a
   * heap that starts small, what is in flight grew old between two collections, and full ones took
   * an eighth of its CPU.
   */
  private static final List<String> DISPATCHER_JVM = List.of("-Xms256m", "-XX:NewRatio=1");

  private static final String DISPATCHER = "webhook-dispatcher";
  private static final String EXECUTOR = "executor-service";

  private static final List<String> NAMES =
      List.of("planner-service", EXECUTOR, DISPATCHER, "api-gateway");

  private final List<String> names;

  /** All four. */
  public AntonServices() {
    this(NAMES);
  }

  /** Some of them, by their modules' names. */
  public AntonServices(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** Unpacks what was built anew. */
  @Override
  public void prepare(StackOptions options) {
    names.parallelStream()
        .map(name -> BootJar.of(options.home().resolve(name)))
        .forEach(BootJar::unpack);
  }

  @Override
  public List<ServiceSpec> services(StackOptions options, Backends backends) {
    Ports ports = options.ports();
    List<ServiceSpec> services = new ArrayList<>();
    services.add(
        service(options, backends, "planner-service", ports.planner(), ServiceRole.PLANNER));
    services.add(service(options, backends, EXECUTOR, ports.executor(), ServiceRole.EXECUTOR));
    services.add(
        service(options, backends, DISPATCHER, ports.dispatcher(), ServiceRole.DISPATCHER));
    services.add(service(options, backends, "api-gateway", ports.gateway(), null));
    services.removeIf(service -> !names.contains(service.name()));
    return services.stream().flatMap(service -> withReplicas(options, service)).toList();
  }

  private static ServiceSpec service(
      StackOptions options, Backends backends, String name, int port, @Nullable ServiceRole role) {
    Map<String, String> environment = new HashMap<>(shared(options, backends));
    environment.put(PORT, Integer.toString(port));
    if (role != null) {
      DatabaseAccess database = backends.database().apply(role);
      environment.put(
          "SPRING_DATASOURCE_URL", database.jdbcUrl() + "?currentSchema=" + role.roleName());
      environment.put("SPRING_DATASOURCE_USERNAME", database.username());
      environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
    }
    List<String> line = new ArrayList<>(JVM);
    if (name.equals(DISPATCHER)) {
      line.addAll(DISPATCHER_JVM);
    }
    line.addAll(BootJar.of(options.home().resolve(name)).arguments());
    return spec(options, name, port, line, environment);
  }

  private static Stream<ServiceSpec> withReplicas(StackOptions options, ServiceSpec first) {
    int replicas =
        switch (first.name()) {
          case DISPATCHER -> options.dispatchers();
          case EXECUTOR -> options.executors();
          default -> 1;
        };
    return Stream.concat(
        Stream.of(first),
        IntStream.rangeClosed(2, replicas).mapToObj(number -> replica(options, first, number)));
  }

  /** The same once more, beside the first, on a port of its own. */
  private static ServiceSpec replica(StackOptions options, ServiceSpec first, int number) {
    int port = LoopbackPorts.free();
    Map<String, String> environment = new HashMap<>(first.command().environment());
    environment.put(PORT, Integer.toString(port));
    return spec(options, first.name() + "-" + number, port, first.command().line(), environment);
  }

  private static ServiceSpec spec(
      StackOptions options,
      String name,
      int port,
      List<String> line,
      Map<String, String> environment) {
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
        "ANTON_PLUGINS_DIR", options.data().plugins().toString(),
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
}
