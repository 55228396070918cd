package dev.anton.system;

import dev.anton.stack.LocalStack;
import dev.anton.stack.Ports;
import dev.anton.stack.StackOptions;
import dev.anton.stack.postgres.PostgresServer;
import dev.anton.stack.supervision.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The stack as {@code ./anton up} starts it, on free ports and with an empty data folder. */
public final class RunningStack implements AutoCloseable {

  private final LocalStack stack;
  private final Path data;

  private RunningStack(UnaryOperator<StackOptions> wishes) {
    try {
      Path target = Path.of("target").toAbsolutePath();
      Files.createDirectories(target);
      this.data = Files.createTempDirectory(target, "stack-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path home = Path.of("").toAbsolutePath().getParent();
    this.stack = LocalStack.start(wishes.apply(new StackOptions(home, data, Ports.free())));
  }

  /** One of its own for whoever wants it otherwise than {@code ./anton up} starts it. */
  public static RunningStack start(UnaryOperator<StackOptions> wishes) {
    return new RunningStack(wishes);
  }

  public GatewayClient gateway() {
    return new GatewayClient("http://localhost:" + stack.ports().gateway());
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + stack.ports().kafka();
  }

  Path workspace() {
    return data.resolve("workspace");
  }

  /** Kills a component as a crash would, without a chance to clean up; it is started again. */
  public void crash(String component) {
    ProcessHandle.of(stack.pid(component)).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The process that a component is at the moment. */
  public ProcessHandle process(String component) {
    return ProcessHandle.of(stack.pid(component)).orElseThrow();
  }

  /** Whether a component does its work, as far as is known. */
  public boolean isReady(String component) {
    return stack.statuses().stream()
        .anyMatch(
            status ->
                status.name().equals(component)
                    && status.condition() == Condition.READY
                    && ProcessHandle.of(status.pid()).isPresent());
  }

  /** Opens a connection that may do everything; the caller closes it. */
  public Connection database() throws SQLException {
    return stack.postgresServer().superuser(PostgresServer.DATABASE).connect();
  }

  @Override
  public void close() {
    stack.close();
  }

  /** Starts the stack before the first test that asks for it and stops it after the last. */
  static final class Extension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(
              RunningStack.class, type -> start(options -> options), RunningStack.class);
    }
  }
}
