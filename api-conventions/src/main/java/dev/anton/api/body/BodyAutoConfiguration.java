package dev.anton.api.body;

import dev.anton.api.problem.Causes;
import dev.anton.api.problem.Problem;
import dev.anton.api.problem.ProblemAutoConfiguration;
import dev.anton.api.problem.ProblemResponder;
import dev.anton.api.problem.ProblemSource;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;

/** Every request is bounded, whoever handles it. */
@AutoConfiguration(after = ProblemAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(BodyProperties.class)
public final class BodyAutoConfiguration {

  /** Inside what measures requests, outside of all that reads a body. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

  @Bean
  FilterRegistrationBean<?> bodyLimit(BodyProperties properties, ProblemResponder responder) {
    FilterRegistrationBean<BodyLimitFilter> registration =
        new FilterRegistrationBean<>(
            new BodyLimitFilter(properties.maxSize().toBytes(), responder));
    registration.setOrder(ORDER);
    return registration;
  }

  @Bean
  ProblemSource bodyProblems() {
    return failure -> {
      BodyTooLargeException tooLarge = Causes.find(failure, BodyTooLargeException.class);
      return tooLarge == null
          ? null
          : Problem.of(
              HttpStatus.CONTENT_TOO_LARGE,
              "payload-too-large",
              "A request body has at most " + tooLarge.limit() + " bytes");
    };
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatBodyLimits(
      BodyProperties properties) {
    return factory ->
        factory.addConnectorCustomizers(
            connector -> {
              // Form fields are read by Tomcat itself, past the filter.
              connector.setMaxPostSize((int) properties.maxSize().toBytes());
              if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxSwallowSize((int) properties.maxSwallow().toBytes());
              }
            });
  }
}
