package dev.anton.schemas.id;

import java.util.regex.Pattern;

/**
 * Whom a row or an event belongs to.
 *
 * @param id lower-case letters, digits, dot, dash and underscore; 1 to 64 characters
 */
public record Tenant(String id) {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** The tenant of everything while authentication is off. */
  public static final Tenant DEFAULT = new Tenant("default");

  /**
   * @throws IllegalArgumentException if the id has another form
   */
  public Tenant {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A tenant id has 1 to 64 lower-case letters, digits, dots, dashes or underscores");
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
