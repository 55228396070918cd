package dev.anton.dispatcher.egress;

import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One policy for registration and for connection. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EgressProperties.class)
class EgressConfiguration {

  @Bean
  AddressPolicy addressPolicy(EgressProperties properties) {
    return new AddressPolicy(properties.allowedNetworks());
  }

  @Bean
  VettedResolver vettedResolver(AddressPolicy policy) {
    return new VettedResolver(policy);
  }
}
