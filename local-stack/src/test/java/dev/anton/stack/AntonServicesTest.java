package dev.anton.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.stack.postgres.DatabaseAccess;
import dev.anton.stack.process.StartException;
import dev.anton.stack.service.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AntonServicesTest {

  @TempDir Path home;

  @Test
  void replicasOfTheDispatcherDifferInTheirPortOnly() throws IOException {
    StackOptions options = options().withDispatchers(3);

    List<ServiceSpec> services = new AntonServices().services(options, backends());

    assertThat(services)
        .extracting(ServiceSpec::name)
        .containsExactly(
            "planner-service",
            "executor-service",
            "webhook-dispatcher",
            "webhook-dispatcher-2",
            "webhook-dispatcher-3",
            "api-gateway");
    assertThat(services).extracting(ServiceSpec::port).doesNotHaveDuplicates();
    assertThat(services.get(2).port()).isEqualTo(options.ports().dispatcher());
    List<ServiceSpec> dispatchers = services.subList(2, 5);
    assertThat(dispatchers)
        .allSatisfy(
            spec ->
                assertThat(spec.command().environment())
                    .containsEntry("SERVER_PORT", Integer.toString(spec.port())));
    Map<String, String> shared = withoutPort(dispatchers.getFirst());
    assertThat(dispatchers)
        .allSatisfy(
            spec -> {
              assertThat(withoutPort(spec)).isEqualTo(shared);
              assertThat(spec.command().line()).isEqualTo(dispatchers.getFirst().command().line());
            });
  }

  @Test
  void thereAreAsManyExecutorsAsAskedFor() throws IOException {
    List<ServiceSpec> services =
        new AntonServices().services(options().withExecutors(2), backends());

    assertThat(services)
        .extracting(ServiceSpec::name)
        .containsExactly(
            "planner-service",
            "executor-service",
            "executor-service-2",
            "webhook-dispatcher",
            "api-gateway");
  }

  @Test
  void moreReplicasThanPartitionsAreRefused() throws IOException {
    StackOptions options = options();

    assertThatThrownBy(() -> options.withDispatchers(13))
        .isInstanceOf(StartException.class)
        .hasMessage("13 dispatchers cannot be started: from 1 to 12 can.");
  }

  private StackOptions options() throws IOException {
    for (String name :
        List.of("planner-service", "executor-service", "webhook-dispatcher", "api-gateway")) {
      Path target = Files.createDirectories(home.resolve(name).resolve("target"));
      Files.createFile(target.resolve(name + "-1.jar"));
    }
    return new StackOptions(home, home.resolve("data"), Ports.free());
  }

  private static Backends backends() {
    return new Backends(
        role -> new DatabaseAccess("jdbc:postgresql://there", role.roleName(), "secret"),
        "there:9092",
        "keys");
  }

  private static Map<String, String> withoutPort(ServiceSpec spec) {
    Map<String, String> environment = new HashMap<>(spec.command().environment());
    environment.remove("SERVER_PORT");
    return environment;
  }
}
