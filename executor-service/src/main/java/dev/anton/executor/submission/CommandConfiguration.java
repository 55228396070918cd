package dev.anton.executor.submission;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * What fails here fails because PostgreSQL, Kafka or the workspace is away: a command is never
   * passed over.
   */
  @Bean
  CommonErrorHandler commandErrorHandler() {
    DefaultErrorHandler handler =
        new DefaultErrorHandler(
            new FixedBackOff(PAUSE.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
    handler.defaultFalse(false);
    return handler;
  }
}
