package dev.anton.executor.plugin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PluginConfiguration {

  @Bean
  PluginCatalogue pluginCatalogue() {
    return PluginCatalogue.onClassPath();
  }
}
