package dev.anton.stack.cli;

import dev.anton.stack.Ports;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where everything listens: an option, else an environment variable, else the default. */
final class PortOptions {

  @Option(
      names = "--gateway-port",
      paramLabel = "<port>",
      description = "ANTON_GATEWAY_PORT; 3001.")
  @Nullable Integer gateway;

  @Option(
      names = "--planner-port",
      paramLabel = "<port>",
      description = "ANTON_PLANNER_PORT; 3002.")
  @Nullable Integer planner;

  @Option(
      names = "--executor-port",
      paramLabel = "<port>",
      description = "ANTON_EXECUTOR_PORT; 3003.")
  @Nullable Integer executor;

  @Option(
      names = "--dispatcher-port",
      paramLabel = "<port>",
      description = "ANTON_DISPATCHER_PORT; 3004.")
  @Nullable Integer dispatcher;

  @Option(
      names = "--postgres-port",
      paramLabel = "<port>",
      description = "ANTON_POSTGRES_PORT; 15432.")
  @Nullable Integer postgres;

  @Option(names = "--kafka-port", paramLabel = "<port>", description = "ANTON_KAFKA_PORT; 19092.")
  @Nullable Integer kafka;

  @Option(
      names = "--port-offset",
      paramLabel = "<n>",
      description = "Added to every port that is not set by itself (ANTON_PORT_OFFSET).")
  @Nullable Integer offset;

  Ports value(Map<String, String> environment) {
    Integer distance = chosen(offset, environment, "ANTON_PORT_OFFSET").orElse(0);
    Ports usual = Ports.DEFAULT.offsetBy(distance);
    return new Ports(
        chosen(gateway, environment, "ANTON_GATEWAY_PORT").orElse(usual.gateway()),
        chosen(planner, environment, "ANTON_PLANNER_PORT").orElse(usual.planner()),
        chosen(executor, environment, "ANTON_EXECUTOR_PORT").orElse(usual.executor()),
        chosen(dispatcher, environment, "ANTON_DISPATCHER_PORT").orElse(usual.dispatcher()),
        chosen(postgres, environment, "ANTON_POSTGRES_PORT").orElse(usual.postgres()),
        chosen(kafka, environment, "ANTON_KAFKA_PORT").orElse(usual.kafka()));
  }

  private static Optional<Integer> chosen(
      @Nullable Integer option, Map<String, String> environment, String variable) {
    if (option != null) {
      return Optional.of(option);
    }
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.valueOf(value));
    } catch (NumberFormatException e) {
      throw new ParameterException(
          Anton.commandLine(), "%s is a number, not %s.".formatted(variable, value), e);
    }
  }
}
