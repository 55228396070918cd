package dev.anton.api.tenant;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * The header in which the gateway tells the services whose request it is. The gateway removes it
 * from what comes from outside; without it a request belongs to the default tenant. Controllers
 * take a {@link Tenant} as an argument.
 */
public final class TenantHeader {

  public static final String NAME = "X-Anton-Tenant";

  private TenantHeader() {}

  /**
   * Reads the header's value.
   *
   * @param value null for a request without the header
   * @throws ProblemException if the value is no tenant id
   */
  public static Tenant parse(@Nullable String value) {
    if (value == null) {
      return Tenant.DEFAULT;
    }
    try {
      return new Tenant(value);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badInput(
          "invalid-tenant",
          NAME,
          "A tenant id has 1 to 64 lower-case letters, digits, dots, dashes or underscores");
    }
  }
}
