package dev.anton.executor.run;

import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.execution.TransitionWriter;
import dev.anton.executor.runner.AttemptLauncher;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RunConfiguration {

  @Bean
  Replica replica(
      ExecutionStore store,
      TransitionWriter writer,
      AttemptLauncher launcher,
      RunProperties properties,
      Clock clock) {
    return new Replica(store, writer, launcher, new NodeSlots(properties.maxRunningNodes()), clock);
  }
}
