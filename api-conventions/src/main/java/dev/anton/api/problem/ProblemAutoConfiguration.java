package dev.anton.api.problem;

import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** Every error leaves as a problem. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
    afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class ProblemAutoConfiguration {

  @Bean
  ProblemResponder problemResponder(JsonMapper mapper, ObjectProvider<ProblemSource> sources) {
    return new ProblemResponder(
        new ProblemTranslator(new RequestBodyProblems(mapper), sources.orderedStream().toList()));
  }

  @Bean
  ErrorController problemErrorController(ProblemResponder responder) {
    return new ProblemErrorController(responder);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemErrorReportValve.class.getName());
              }
            });
  }

  @Bean
  WebMvcConfigurer problemExceptionResolution(ProblemResponder responder) {
    return new WebMvcConfigurer() {
      @Override
      public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        // After @ExceptionHandler methods, before Spring's defaults, which would leave an HTML or
        // empty page to the container.
        int last = 0;
        for (int i = 0; i < resolvers.size(); i++) {
          if (resolvers.get(i) instanceof ExceptionHandlerExceptionResolver) {
            last = i + 1;
          }
        }
        resolvers.add(last, new ProblemExceptionResolver(responder));
      }
    };
  }

  /** Present with Spring's data access. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.dao.DataAccessException")
  static final class Database {

    @Bean
    ProblemSource databaseProblems() {
      return BackendProblems.database();
    }
  }

  /** Present with the Kafka client. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.apache.kafka.common.errors.RetriableException")
  static final class Kafka {

    @Bean
    ProblemSource kafkaProblems() {
      return BackendProblems.kafka();
    }
  }
}
