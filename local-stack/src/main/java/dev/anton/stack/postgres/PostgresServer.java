package dev.anton.stack.postgres;

import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.LogTail;
import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.Pause;
import dev.anton.stack.process.PrivateFiles;
import dev.anton.stack.process.ServerProcess;
import dev.anton.stack.process.StartException;
import dev.anton.stack.process.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server in a folder, on the loopback address, with the database {@code anton} and a
 * login role and schema for each service. Stopping keeps the data; the next start goes on with it.
 */
public final class PostgresServer implements ServerProcess {

  /** The database that the services share, each in its own schema. */
  public static final String DATABASE = "anton";

  /** Of the programs we run. */
  public static final String VERSION = PostgresPrograms.VERSION;

  private static final String SUPERUSER = "postgres";

  /** Recovery after a crash replays the write-ahead log, which max_wal_size bounds. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  /** A fast shutdown ends sessions at once and then writes a checkpoint. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

  private static final String OPEN_TO_ALL = "host all all 127.0.0.1/32 trust\n";
  private static final String PASSWORD_ONLY = "host all all 127.0.0.1/32 scram-sha-256\n";

  private final PostgresSettings settings;
  private final Passwords passwords;
  private final ChildProcess process;

  private PostgresServer(PostgresSettings settings, Passwords passwords, ChildProcess process) {
    this.settings = settings;
    this.passwords = passwords;
    this.process = process;
  }

  /**
   * Starts the server and returns when it takes connections and has its roles and schemas.
   *
   * @throws StartException if it cannot be started
   */
  public static PostgresServer start(PostgresSettings settings) {
    PostgresServer server = launch(settings);
    try {
      server.awaitReady();
      return server;
    } catch (StartException e) {
      server.kill();
      throw e;
    }
  }

  /**
   * Starts the server without waiting for it. The first launch lays out its files, in a second or
   * two.
   *
   * @throws StartException if that is impossible
   */
  public static PostgresServer launch(PostgresSettings settings) {
    try {
      PrivateFiles.createFolder(settings.folder());
      PostgresPrograms programs = PostgresPrograms.in(settings.binaries());
      boolean passwordsKnown = Files.exists(settings.passwords());
      List<String> roles = new ArrayList<>(ServiceRole.names());
      roles.add(SUPERUSER);
      Passwords passwords = Passwords.loadOrCreate(settings.passwords(), roles);
      if (!Files.exists(settings.cluster().resolve("PG_VERSION"))) {
        ClusterFiles.initialize(programs, settings);
        passwordsKnown = false;
      }
      // Who owns the files may set the passwords anew; that is how the first start sets them.
      PrivateFiles.write(settings.accessRules(), passwordsKnown ? PASSWORD_ONLY : OPEN_TO_ALL);
      ChildProcess process =
          ChildProcess.start(
              new ChildProcess.Command(
                  programs.command("postgres", ServerArguments.of(settings)),
                  Map.of(),
                  settings.log()));
      return new PostgresServer(settings, passwords, process);
    } catch (IOException e) {
      throw new StartException("PostgreSQL could not be started: " + e.getMessage(), e);
    }
  }

  /** Waits for connections; then gives the services their roles and schemas. */
  @Override
  public void awaitReady() {
    try {
      awaitConnections();
      provision();
      PrivateFiles.write(settings.accessRules(), PASSWORD_ONLY);
      executeAsSuperuser("SELECT pg_reload_conf()");
    } catch (IOException | SQLException e) {
      throw new StartException("PostgreSQL could not be set up: " + e.getMessage(), e);
    }
  }

  /**
   * A place for the programs that all servers of this user share. Systems empty it now and then:
   * for servers that live as long as a test run.
   */
  public static Path sharedBinaries() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "anton-postgres-%s".formatted(System.getProperty("user.name")),
        PostgresPrograms.VERSION);
  }

  public int port() {
    return settings.port();
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  /** How the service logs in to the database {@code anton}. */
  public DatabaseAccess access(ServiceRole role) {
    return access(DATABASE, role.roleName());
  }

  /** How a superuser logs in to a database: for provisioning and for tests, not for services. */
  public DatabaseAccess superuser(String database) {
    return new DatabaseAccess(url(database), SUPERUSER, passwords.of(SUPERUSER));
  }

  /** How a role logs in to a database. */
  public DatabaseAccess access(String database, String role) {
    return new DatabaseAccess(url(database), role, passwords.of(role));
  }

  /** Ends all sessions, writes a checkpoint and stops. */
  @Override
  public void close() {
    process.stop(StopSignal.INT, STOP_PATIENCE);
  }

  /** Ends the server as a crash would. */
  public void kill() {
    process.kill();
  }

  private String url(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPorts.ADDRESS, settings.port(), database);
  }

  private void awaitConnections() {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw new StartException(
            "PostgreSQL stopped while it was starting: %s (log: %s)"
                .formatted(LogTail.lastTelling(settings.log()), settings.log()));
      }
      try (Connection connection = superuser("postgres").connect()) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new StartException(
              "PostgreSQL takes no connections after %d s: %s (log: %s)"
                  .formatted(START_PATIENCE.toSeconds(), e.getMessage(), settings.log()),
              e);
        }
      }
      Pause.of(Duration.ofMillis(50));
    }
  }

  private void provision() throws SQLException {
    try (Connection connection = superuser("postgres").connect()) {
      DatabaseLayout layout = new DatabaseLayout(connection);
      layout.role(SUPERUSER, passwords.of(SUPERUSER));
      for (String role : ServiceRole.names()) {
        layout.role(role, passwords.of(role));
      }
      layout.database(DATABASE);
    }
    try (Connection connection = superuser(DATABASE).connect()) {
      DatabaseLayout layout = new DatabaseLayout(connection);
      for (String role : ServiceRole.names()) {
        layout.schema(role);
      }
    }
  }

  private void executeAsSuperuser(String sql) throws SQLException {
    try (Connection connection = superuser("postgres").connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
