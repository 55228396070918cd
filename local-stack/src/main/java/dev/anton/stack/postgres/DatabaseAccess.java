package dev.anton.stack.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What a client needs to log in. Its text form leaves the password out. */
public record DatabaseAccess(String jdbcUrl, String username, String password) {

  /** Opens a connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, username, password);
  }

  @Override
  public String toString() {
    return username + "@" + jdbcUrl;
  }
}
