package dev.anton.planner.review;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AllowanceProperties.class)
class ReviewConfiguration {

  @Bean
  Allowance allowance(AllowanceProperties properties) {
    return properties.allowance();
  }
}
