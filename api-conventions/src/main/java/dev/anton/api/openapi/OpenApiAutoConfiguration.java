package dev.anton.api.openapi;

import dev.anton.api.page.PageRequest;
import dev.anton.schemas.id.Tenant;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** Adds the conventions to the API description of a service that has one. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(OpenApiCustomizer.class)
public final class OpenApiAutoConfiguration {

  static {
    // The gateway sets the tenant, and a page is two query parameters.
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Tenant.class, PageRequest.class);
    // Any JSON, not the getters of the class that holds it.
    SpringDocUtils.getConfig().replaceWithClass(JsonNode.class, Object.class);
  }

  @Bean
  ConventionsCustomizer openApiConventions() {
    return new ConventionsCustomizer();
  }
}
