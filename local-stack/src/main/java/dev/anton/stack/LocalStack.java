package dev.anton.stack;

import dev.anton.stack.kafka.KafkaBroker;
import dev.anton.stack.kafka.KafkaSettings;
import dev.anton.stack.postgres.PostgresServer;
import dev.anton.stack.postgres.PostgresSettings;
import dev.anton.stack.postgres.PostgresSettings.Durability;
import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.ServerProcess;
import dev.anton.stack.process.StartException;
import dev.anton.stack.process.StopSignal;
import dev.anton.stack.service.ServiceServer;
import dev.anton.stack.service.ServiceSpec;
import dev.anton.stack.state.FolderLock;
import dev.anton.stack.state.Leftovers;
import dev.anton.stack.supervision.Component;
import dev.anton.stack.supervision.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Kafka and the services, started and stopped as one. PostgreSQL and Kafka start side
 * by side, the services side by side after them; stopping goes the other way. What dies in between
 * is started again.
 */
public final class LocalStack implements AutoCloseable {

  /** Names of the backends among the components. */
  public static final String POSTGRES = "postgres";

  public static final String KAFKA = "kafka";

  private static final int STAGE_POSTGRES = 1;
  private static final int STAGE_KAFKA = 2; // stops before PostgreSQL, starts beside it
  private static final int STAGE_SERVICES = 3;

  private final StackOptions options;
  private final StackListener listener;
  private final RunningParts parts;
  private final AtomicReference<@Nullable PostgresServer> postgres = new AtomicReference<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable FolderLock lock;

  public LocalStack(StackOptions options, StackListener listener) {
    this.options = options;
    this.listener = listener;
    this.parts = new RunningParts(options, listener);
  }

  /**
   * Starts a stack and returns when all of it is ready.
   *
   * @throws StartException if it cannot be started; nothing is left running then
   */
  public static LocalStack start(StackOptions options) {
    LocalStack stack = new LocalStack(options, new StackListener() {});
    stack.start();
    return stack;
  }

  /**
   * Starts it and returns when all of it is ready.
   *
   * @throws StartException if it cannot be started; nothing is left running then
   */
  public void start() {
    try {
      FolderLock held = options.data().lock();
      synchronized (this) {
        lock = held;
      }
      stopLeftovers();
      Preflight.checkSpace(options.data().path(), options.minimumFreeBytes());
      Preflight.checkPorts(options.ports());
      Secrets secrets = prepareFolder();
      listener.accepted();
      CompletableFuture<Void> prepared =
          CompletableFuture.runAsync(() -> options.services().prepare(options));
      parts.startTogether(List.of(postgres(), kafka()));
      await(prepared);
      List<ServiceSpec> services =
          options
              .services()
              .services(
                  options,
                  new Backends(
                      role -> Objects.requireNonNull(postgres.get()).access(role),
                      LoopbackPorts.ADDRESS + ":" + options.ports().kafka(),
                      secrets.keys()));
      parts.startTogether(services.stream().map(LocalStack::part).toList());
      parts.markReady();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public Ports ports() {
    return options.ports();
  }

  /** Every component as it is now. */
  public List<Status> statuses() {
    return parts.statuses();
  }

  /**
   * The process id that the component has now; another one after it was started again.
   *
   * @throws IllegalArgumentException if there is no such component
   */
  public long pid(String component) {
    return statuses().stream()
        .filter(status -> status.name().equals(component))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no component " + component))
        .pid();
  }

  /** The database, for a test that looks behind the API; empty passwords are nowhere. */
  public PostgresServer postgresServer() {
    PostgresServer server = postgres.get();
    if (server == null) {
      throw new IllegalStateException("PostgreSQL was not started yet");
    }
    return server;
  }

  /** Returns when somebody has closed the stack. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Whether everything it had started has stopped. */
  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Stops the services, then Kafka, then PostgreSQL. May be called at any time, more than once. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      awaitOtherClose();
      return;
    }
    try {
      parts.close();
    } finally {
      releaseFolder();
      closed.countDown();
    }
  }

  private static void await(CompletableFuture<Void> preparation) {
    try {
      preparation.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StartException sentence ? sentence : e;
    }
  }

  private void stopLeftovers() {
    options
        .data()
        .read()
        .map(Leftovers::stop)
        .filter(names -> !names.isEmpty())
        .ifPresent(listener::leftoversStopped);
    options.data().forgetState();
  }

  private Secrets prepareFolder() {
    try {
      Files.createDirectories(options.data().logs());
      Files.createDirectories(options.data().workspace());
      return Secrets.loadOrCreate(options.data().secrets());
    } catch (IOException e) {
      throw new StartException(
          "The data folder %s cannot be used: %s".formatted(options.data().path(), e.getMessage()),
          e);
    }
  }

  private Part postgres() {
    Path folder = options.data().path().resolve(POSTGRES);
    PostgresSettings settings =
        new PostgresSettings(
            folder,
            options.data().path().resolve("programs").resolve(PostgresServer.VERSION),
            options.ports().postgres(),
            Durability.DURABLE);
    return new Part(
        new Component(POSTGRES, () -> launchPostgres(settings)),
        STAGE_POSTGRES,
        LoopbackPorts.ADDRESS + ":" + options.ports().postgres(),
        settings.log(),
        StopSignal.INT);
  }

  private ServerProcess launchPostgres(PostgresSettings settings) {
    PostgresServer server = PostgresServer.launch(settings);
    postgres.set(server);
    return server;
  }

  private Part kafka() {
    KafkaSettings settings =
        new KafkaSettings(options.data().path().resolve(KAFKA), options.ports().kafka());
    return new Part(
        new Component(KAFKA, () -> KafkaBroker.launch(settings)),
        STAGE_KAFKA,
        LoopbackPorts.ADDRESS + ":" + options.ports().kafka(),
        settings.log(),
        StopSignal.TERM);
  }

  private static Part part(ServiceSpec spec) {
    return new Part(
        new Component(spec.name(), () -> ServiceServer.launch(spec)),
        STAGE_SERVICES,
        "http://localhost:" + spec.port(),
        spec.command().log(),
        StopSignal.TERM);
  }

  private synchronized void releaseFolder() {
    if (lock == null) {
      return; // another launcher has it: its state is not ours to touch
    }
    options.data().forgetState();
    try {
      lock.close();
    } catch (IOException e) {
      throw new StartException("The lock of the data folder could not be given back.", e);
    }
    lock = null;
  }

  private void awaitOtherClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
