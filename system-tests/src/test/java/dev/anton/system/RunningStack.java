package dev.anton.system;

import dev.anton.stack.LocalStack;
import dev.anton.stack.Ports;
import dev.anton.stack.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The stack as {@code ./anton up} starts it, on free ports and with an empty data folder. */
final class RunningStack implements AutoCloseable {

  private final LocalStack stack;
  private final Path data;

  private RunningStack() {
    try {
      Path target = Path.of("target").toAbsolutePath();
      Files.createDirectories(target);
      this.data = Files.createTempDirectory(target, "stack-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path home = Path.of("").toAbsolutePath().getParent();
    this.stack = LocalStack.start(new StackOptions(home, data, Ports.free()));
  }

  GatewayClient gateway() {
    return new GatewayClient("http://localhost:" + stack.ports().gateway());
  }

  String bootstrapServers() {
    return "127.0.0.1:" + stack.ports().kafka();
  }

  Path workspace() {
    return data.resolve("workspace");
  }

  /** Kills a component as a crash would, without a chance to clean up; it is started again. */
  void crash(String component) {
    ProcessHandle.of(stack.pid(component)).ifPresent(ProcessHandle::destroyForcibly);
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
          .computeIfAbsent(RunningStack.class, type -> new RunningStack(), RunningStack.class);
    }
  }
}
