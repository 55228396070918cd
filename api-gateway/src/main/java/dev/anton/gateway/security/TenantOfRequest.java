package dev.anton.gateway.security;

import dev.anton.schemas.id.Tenant;
import jakarta.servlet.http.HttpServletRequest;

/** Decides whose request it is. Authentication replaces the bean of this type. */
@FunctionalInterface
public interface TenantOfRequest {

  /**
   * The tenant that all services act for.
   *
   * @throws dev.anton.api.problem.ProblemException if the request is nobody's
   */
  Tenant tenantOf(HttpServletRequest request);
}
