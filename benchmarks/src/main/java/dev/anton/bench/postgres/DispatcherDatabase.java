package dev.anton.bench.postgres;

import dev.anton.stack.postgres.DatabaseAccess;
import dev.anton.stack.postgres.PostgresServer;
import dev.anton.stack.postgres.PostgresSettings;
import dev.anton.stack.postgres.PostgresSettings.Durability;
import dev.anton.stack.postgres.ServiceRole;
import dev.anton.stack.process.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A durable PostgreSQL with the dispatcher's empty tables; taken away when closed. */
public final class DispatcherDatabase implements AutoCloseable {

  private final Path folder;
  private final PostgresServer server;

  private DispatcherDatabase(Path folder, PostgresServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts it, in some seconds. */
  public static DispatcherDatabase start() throws IOException {
    Path folder = Files.createTempDirectory("anton-bench-");
    PostgresServer server =
        PostgresServer.start(
            new PostgresSettings(
                folder, PostgresServer.sharedBinaries(), LoopbackPorts.free(), Durability.DURABLE));
    DispatcherDatabase database = new DispatcherDatabase(folder, server);
    try (SingleConnectionDataSource connection = database.connect()) {
      Flyway.configure().dataSource(connection).defaultSchema("dispatcher").load().migrate();
    }
    return database;
  }

  /** One connection, as the dispatcher's role; the caller closes it. */
  public SingleConnectionDataSource connect() {
    DatabaseAccess access = server.access(ServiceRole.DISPATCHER);
    return new SingleConnectionDataSource(
        access.jdbcUrl() + "?currentSchema=dispatcher", access.username(), access.password(), true);
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
