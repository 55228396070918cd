package dev.anton.gateway.security;

import dev.anton.schemas.id.Tenant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Without authentication, everything belongs to the default tenant. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  /** Outside of all that answers, so that errors have the headers too. */
  private static final int SECURITY_HEADERS = Ordered.HIGHEST_PRECEDENCE + 80;

  @Bean
  @ConditionalOnMissingBean
  TenantOfRequest tenantOfRequest() {
    return request -> Tenant.DEFAULT;
  }

  @Bean
  FilterRegistrationBean<?> securityHeaders() {
    FilterRegistrationBean<SecurityHeadersFilter> registration =
        new FilterRegistrationBean<>(new SecurityHeadersFilter());
    registration.setOrder(SECURITY_HEADERS);
    return registration;
  }
}
