package dev.anton.api.tenant;

/**
 * The header in which the gateway tells the services whose request it is. The gateway removes it
 * from what comes from outside; without it a request belongs to the default tenant. Controllers
 * take a {@link dev.anton.schemas.id.Tenant} as an argument.
 */
public final class TenantHeader {

  public static final String NAME = "X-Anton-Tenant";

  private TenantHeader() {}
}
