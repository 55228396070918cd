package dev.anton.dispatcher.engine;

import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The delivery engine without the API around it; a test brings its own subscriptions. As a test
 * component it is left out when other tests scan for the whole service.
 */
@TestComponent
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan({
  "dev.anton.dispatcher.backbone",
  "dev.anton.dispatcher.consume",
  "dev.anton.dispatcher.deadletter",
  "dev.anton.dispatcher.dispatch",
  "dev.anton.dispatcher.health",
  "dev.anton.dispatcher.journal",
  "dev.anton.dispatcher.ordering",
  "dev.anton.dispatcher.parking",
  "dev.anton.dispatcher.rate"
})
class EngineApplication {

  @Bean
  TestSubscriptions testSubscriptions(
      @Value("${" + TestSubscriptions.LOADED + ":true}") boolean loaded) {
    return new TestSubscriptions(loaded);
  }

  @Bean
  VettedResolver vettedResolver() {
    return new VettedResolver(new AddressPolicy(List.of("127.0.0.0/8")));
  }
}
