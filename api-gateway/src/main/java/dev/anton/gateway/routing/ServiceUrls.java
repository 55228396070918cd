package dev.anton.gateway.routing;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the services are; the defaults are those of the local stack. */
@ConfigurationProperties("anton.services")
public record ServiceUrls(
    @DefaultValue Planner planner,
    @DefaultValue Executor executor,
    @DefaultValue Dispatcher dispatcher) {

  /** Scheme, host and port of a service; its paths begin at the root. */
  public URI of(Service service) {
    return switch (service) {
      case PLANNER -> planner.url();
      case EXECUTOR -> executor.url();
      case DISPATCHER -> dispatcher.url();
    };
  }

  /** Where the planner is. */
  public record Planner(@DefaultValue("http://127.0.0.1:3002") URI url) {}

  /** Where the executor is. */
  public record Executor(@DefaultValue("http://127.0.0.1:3003") URI url) {}

  /** Where the dispatcher is. */
  public record Dispatcher(@DefaultValue("http://127.0.0.1:3004") URI url) {}
}
