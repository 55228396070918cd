package dev.anton.stack.kafka;

import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.PrivateFiles;
import dev.anton.stack.process.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The files a broker reads when it starts. */
final class BrokerFiles {

  private BrokerFiles() {}

  /** Writes the configuration and, the first time, formats the storage. */
  static Path prepare(KafkaSettings settings) throws IOException {
    PrivateFiles.createFolder(settings.folder());
    Path configuration = settings.folder().resolve("server.properties");
    Files.writeString(configuration, configuration(settings, LoopbackPorts.free()));
    if (!Files.exists(settings.segments().resolve("meta.properties"))) {
      format(configuration);
    }
    return configuration;
  }

  /** Keeps warnings and errors, whichever logging configuration else lies on the class path. */
  static Path logging(KafkaSettings settings) throws IOException {
    Path file = settings.folder().resolve("logback.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d{ISO8601} %-5level %logger{0}: %msg%n</pattern></encoder>
          </appender>
          <logger name="kafka.server.KafkaRaftServer" level="INFO"/>
          <root level="WARN"><appender-ref ref="out"/></root>
        </configuration>
        """);
    return file;
  }

  private static void format(Path configuration) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int result =
        StorageTool.execute(
            new String[] {
              "format",
              "--cluster-id",
              Uuid.randomUuid().toString(),
              "--config",
              configuration.toString(),
              "--ignore-formatted"
            },
            new PrintStream(output, true, StandardCharsets.UTF_8));
    if (result != 0) {
      throw new StartException(
          "Kafka's storage could not be formatted: "
              + output.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static String configuration(KafkaSettings settings, int controllerPort) {
    return """
    process.roles=broker,controller
    node.id=1
    # Only the broker itself talks to this port, so that any free one does.
    controller.quorum.voters=1@%1$s:%3$d
    controller.listener.names=CONTROLLER
    listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
    advertised.listeners=PLAINTEXT://%1$s:%2$d
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    inter.broker.listener.name=PLAINTEXT
    log.dirs=%4$s
    # A misspelt topic should fail, not appear.
    auto.create.topics.enable=false
    default.replication.factor=1
    min.insync.replicas=1
    # One broker: internal topics cannot have more than one replica, and need few partitions.
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=10
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=5
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    share.coordinator.state.topic.num.partitions=2
    # Nobody else joins a moment later: a lone consumer need not wait for company.
    group.initial.rebalance.delay.ms=0
    # After a crash the broker may not register again before its old session has ended.
    broker.session.timeout.ms=3000
    broker.heartbeat.interval.ms=500
    # The default of 128 MiB would be a quarter of the heap; only the offsets are compacted here.
    log.cleaner.dedupe.buffer.size=8388608
    """
        .formatted(
            LoopbackPorts.ADDRESS,
            settings.port(),
            controllerPort,
            // a properties file reads a backslash as an escape
            settings.segments().toAbsolutePath().toString().replace("\\", "\\\\"));
  }
}
