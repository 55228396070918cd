package dev.anton.stack.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.stack.postgres.PostgresSettings.Durability;
import dev.anton.stack.process.LoopbackPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @TempDir Path folder;

  @Test
  void keepsWhatItAcknowledgedThroughAKillAndARestart() throws SQLException {
    PostgresSettings settings = settings(Durability.DURABLE);
    try (PostgresServer server = PostgresServer.start(settings)) {
      assertThat(show(server, "fsync")).isEqualTo("on");
      assertThat(show(server, "synchronous_commit")).isEqualTo("on");
      assertThat(show(server, "full_page_writes")).isEqualTo("on");
      assertThat(show(server, "server_version")).startsWith("18.");
      execute(server, "CREATE TABLE kept (n int)");
      execute(server, "INSERT INTO kept SELECT generate_series(1, 1000)");
      server.kill();
    }

    try (PostgresServer server = PostgresServer.start(settings)) {
      assertThat(query(server.access(ServiceRole.PLANNER), "SELECT count(*) FROM planner.kept"))
          .isEqualTo("1000");
    }
  }

  @Test
  void aServiceSeesItsOwnSchemaOnly() throws SQLException {
    try (PostgresServer server = PostgresServer.start(settings(Durability.FAST))) {
      assertThat(query(server.access(ServiceRole.DISPATCHER), "SELECT current_schema()"))
          .isEqualTo("dispatcher");
      execute(server, "CREATE TABLE secret (n int)");
      assertThatThrownBy(
              () -> query(server.access(ServiceRole.EXECUTOR), "SELECT n FROM planner.secret"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied for schema planner");
    }
  }

  @Test
  void letsNobodyInWithoutThePasswordThatOnlyTheOwnerCanRead() throws Exception {
    try (PostgresServer server = PostgresServer.start(settings(Durability.FAST))) {
      DatabaseAccess planner = server.access(ServiceRole.PLANNER);

      assertThatThrownBy(
              () ->
                  query(
                      new DatabaseAccess(planner.jdbcUrl(), planner.username(), "guess"),
                      "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(planner.toString()).doesNotContain(planner.password());
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("pg/passwords.properties"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void makesNewPasswordsWhenTheFileWasLost() throws Exception {
    PostgresSettings settings = settings(Durability.FAST);
    PostgresServer.start(settings).close();
    Files.delete(folder.resolve("pg/passwords.properties"));

    try (PostgresServer server = PostgresServer.start(settings)) {
      assertThat(query(server.access(ServiceRole.PLANNER), "SELECT 1")).isEqualTo("1");
    }
  }

  private PostgresSettings settings(Durability durability) {
    return new PostgresSettings(
        folder.resolve("pg"), PostgresServer.sharedBinaries(), LoopbackPorts.free(), durability);
  }

  private static String show(PostgresServer server, String setting) throws SQLException {
    return query(server.access(ServiceRole.PLANNER), "SHOW " + setting);
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.access(ServiceRole.PLANNER).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(DatabaseAccess access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
