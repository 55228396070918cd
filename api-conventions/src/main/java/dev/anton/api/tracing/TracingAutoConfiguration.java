package dev.anton.api.tracing;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** What {@link TracingSwitch} leaves in when tracing is on, beside Spring Boot's own. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class TracingAutoConfiguration {

  /** Right inside of Spring Boot's filter that starts the span. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

  @Bean
  FilterRegistrationBean<?> serverSpans() {
    FilterRegistrationBean<ServerSpanFilter> registration =
        new FilterRegistrationBean<>(new ServerSpanFilter());
    registration.setOrder(ORDER);
    return registration;
  }

  /** Probes and housekeeping would be most of all traces, and belong to nobody's work. */
  @Bean
  SpanExportingPredicate workOnly() {
    return span ->
        !span.getTags().getOrDefault("http.url", "").startsWith("/actuator")
            && !span.getTags().containsKey("code.namespace");
  }
}
