package dev.anton.stack.kafka;

import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.Jdk;
import dev.anton.stack.process.LogTail;
import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.Pause;
import dev.anton.stack.process.ServerProcess;
import dev.anton.stack.process.StartException;
import dev.anton.stack.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One Kafka broker, which is its own controller, in a folder and on the loopback address. Stopping
 * keeps the data; the next start goes on with it.
 */
public final class KafkaBroker implements ServerProcess {

  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final KafkaSettings settings;
  private final ChildProcess process;

  private KafkaBroker(KafkaSettings settings, ChildProcess process) {
    this.settings = settings;
    this.process = process;
  }

  /**
   * Starts the broker and returns when it answers clients.
   *
   * @throws StartException if it cannot be started
   */
  public static KafkaBroker start(KafkaSettings settings) {
    KafkaBroker broker = launch(settings);
    try {
      broker.awaitReady();
      return broker;
    } catch (StartException e) {
      broker.kill();
      throw e;
    }
  }

  /**
   * Starts the broker without waiting for it.
   *
   * @throws StartException if that is impossible
   */
  public static KafkaBroker launch(KafkaSettings settings) {
    try {
      Path configuration = BrokerFiles.prepare(settings);
      return new KafkaBroker(
          settings,
          ChildProcess.start(
              new ChildProcess.Command(
                  commandLine(settings, configuration), Map.of(), settings.log())));
    } catch (IOException e) {
      throw new StartException("Kafka could not be started: " + e.getMessage(), e);
    }
  }

  /** What clients call {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return LoopbackPorts.ADDRESS + ":" + settings.port();
  }

  public int port() {
    return settings.port();
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  /** Flushes its segments and stops. */
  @Override
  public void close() {
    process.stop(StopSignal.TERM, STOP_PATIENCE);
  }

  /** Ends the broker as a crash would. */
  public void kill() {
    process.kill();
  }

  private static List<String> commandLine(KafkaSettings settings, Path configuration)
      throws IOException {
    return List.of(
        Jdk.java(),
        "-Xms" + Math.min(256, settings.maxHeapMegabytes()) + "m",
        "-Xmx" + settings.maxHeapMegabytes() + "m",
        "-XX:+UseSerialGC", // few threads and little memory beside the heap
        "-XX:+ExitOnOutOfMemoryError", // a broker that limps is worse than one that is restarted
        "--enable-native-access=ALL-UNNAMED",
        "-Dlogback.configurationFile=" + BrokerFiles.logging(settings).toAbsolutePath(),
        "-cp",
        Jdk.classPath(),
        "kafka.Kafka",
        configuration.toAbsolutePath().toString());
  }

  @Override
  public void awaitReady() {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!(LoopbackPorts.accepts(settings.port()) && answers())) {
      if (!process.isAlive()) {
        throw new StartException(
            "Kafka stopped while it was starting: %s (log: %s)"
                .formatted(LogTail.lastTelling(settings.log()), settings.log()));
      }
      if (System.nanoTime() > deadline) {
        throw new StartException(
            "Kafka does not answer after %d s (log: %s)."
                .formatted(START_PATIENCE.toSeconds(), settings.log()));
      }
      Pause.of(Duration.ofMillis(50));
    }
  }

  private boolean answers() {
    Map<String, Object> client =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000);
    try (Admin admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while waiting for Kafka.", e);
    }
  }
}
