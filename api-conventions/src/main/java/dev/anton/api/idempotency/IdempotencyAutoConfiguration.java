package dev.anton.api.idempotency;

import dev.anton.api.problem.ProblemAutoConfiguration;
import dev.anton.api.problem.ProblemResponder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionExecutionListener;

/** Honours idempotency keys wherever there is a database to remember them. */
@AutoConfiguration(
    after = ProblemAutoConfiguration.class,
    afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnBean(JdbcClient.class)
@EnableConfigurationProperties(IdempotencyProperties.class)
public final class IdempotencyAutoConfiguration {

  /** Next to the servlet, inside of what limits, measures and authenticates. */
  private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

  @Bean
  IdempotencyKeys idempotencyKeys(JdbcClient jdbc, IdempotencyProperties properties) {
    return new IdempotencyKeys(jdbc, properties);
  }

  @Bean
  FilterRegistrationBean<?> idempotencyFilter(
      IdempotencyKeys keys,
      ProblemResponder responder,
      ObjectProvider<MeterRegistry> registry,
      @Value("${anton.secrets.keys:}") String secrets) {
    FilterRegistrationBean<IdempotencyFilter> registration =
        new FilterRegistrationBean<>(
            new IdempotencyFilter(
                keys,
                AnswerCipher.of(secrets),
                responder,
                registry.getIfAvailable(SimpleMeterRegistry::new)));
    registration.setOrder(ORDER);
    return registration;
  }

  @Bean
  TransactionExecutionListener idempotencyCommitMark(ObjectProvider<IdempotencyKeys> keys) {
    return new CommitMark(keys::getObject);
  }

  @Bean
  ExpirySweep idempotencyExpirySweep(IdempotencyKeys keys, IdempotencyProperties properties) {
    ExpirySweep sweep = new ExpirySweep(keys);
    sweep.start(properties.sweepInterval());
    return sweep;
  }
}
