package dev.anton.api.tenant;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the {@link Tenant} that the gateway named. */
final class TenantArgument implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Tenant.class;
  }

  @Override
  public Tenant resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return parse(request.getHeader(TenantHeader.NAME));
  }

  static Tenant parse(@Nullable String header) {
    if (header == null) {
      return Tenant.DEFAULT;
    }
    try {
      return new Tenant(header);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badInput(
          "invalid-tenant",
          TenantHeader.NAME,
          "A tenant id has 1 to 64 lower-case letters, digits, dots, dashes or underscores");
    }
  }
}
