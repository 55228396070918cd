package dev.anton.executor;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Runs plans and plugin jobs. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ExecutorApplication {

  public static void main(String[] args) {
    SpringApplication.run(ExecutorApplication.class, args);
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }
}
