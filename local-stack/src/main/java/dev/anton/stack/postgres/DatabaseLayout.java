package dev.anton.stack.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Login roles, databases and schemas: a service owns the schema of its own name and can neither
 * read nor write another's. Every operation may be repeated; what is there already stays as it is.
 *
 * <p>Needs a superuser's connection. Names are ours, never a client's.
 */
public final class DatabaseLayout {

  private final Connection superuser;

  public DatabaseLayout(Connection superuser) {
    this.superuser = superuser;
  }

  /** Creates the login role, or gives it this password; it finds its tables in its own schema. */
  public void role(String role, String password) throws SQLException {
    if (!exists("SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      execute("CREATE ROLE %s LOGIN".formatted(name(role)));
    }
    execute("ALTER ROLE %s PASSWORD %s".formatted(name(role), literal(password)));
    execute("ALTER ROLE %s SET search_path = %s".formatted(name(role), name(role)));
  }

  /** Creates the database; nobody but its superuser and roles named here may connect. */
  public void database(String database) throws SQLException {
    if (!exists("SELECT 1 FROM pg_database WHERE datname = ?", database)) {
      execute("CREATE DATABASE %s".formatted(name(database)));
    }
    execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name(database)));
  }

  /** Creates the role's schema in the database this connection is to. */
  public void schema(String role) throws SQLException {
    execute("CREATE SCHEMA IF NOT EXISTS %1$s AUTHORIZATION %1$s".formatted(name(role)));
    execute(
        "GRANT CONNECT, TEMPORARY ON DATABASE %s TO %s"
            .formatted(name(superuser.getCatalog()), name(role)));
  }

  private boolean exists(String query, String name) throws SQLException {
    try (PreparedStatement statement = superuser.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }

  private String name(String identifier) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      return statement.enquoteIdentifier(identifier, true);
    }
  }

  private String literal(String value) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      return statement.enquoteLiteral(value);
    }
  }
}
