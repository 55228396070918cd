package dev.anton.executor.plugin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PluginConfiguration {

  @Bean(destroyMethod = "close")
  PluginFolder pluginFolder(PluginProperties properties) {
    return new PluginFolder(properties.dir());
  }

  @Bean
  Installation installation(PluginFolder folder) {
    return folder.installation();
  }

  @Bean
  PluginCatalogue pluginCatalogue(
      Installation installation, PluginProperties properties, EgressProperties egress) {
    return new PluginCatalogue(installation.plugins().values(), properties.settings(), egress);
  }

  /** In the health under the name {@code plugins}. */
  @Bean
  PluginHealthIndicator pluginsHealthIndicator(Installation installation) {
    return new PluginHealthIndicator(installation);
  }

  @Bean
  MeterBinder pluginJarMetrics(Installation installation) {
    return registry -> {
      Gauge.builder("anton.plugins.jars", installation, found -> found.jars().size())
          .description("Jars of the plugin folder that are in use")
          .register(registry);
      Gauge.builder("anton.plugins.jars.refused", installation, found -> found.refused().size())
          .description("Jars of the plugin folder that cannot be used; the health says why")
          .register(registry);
    };
  }
}
