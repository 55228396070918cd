package dev.anton.executor.plugin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses runners and plugins may reach, unless a setting of their own says otherwise: the
 * same properties that webhooks go by.
 *
 * @param allowedNetworks CIDR blocks that may be reached although they are not public
 * @param httpsOnly whether calls must use TLS
 */
@ConfigurationProperties("anton.egress")
public record EgressProperties(
    @DefaultValue List<String> allowedNetworks, @DefaultValue("false") boolean httpsOnly) {

  public EgressProperties {
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /** The settings of a runner or plugin, with these where it has none of its own. */
  public Map<String, String> under(Map<String, String> own) {
    Map<String, String> all = new HashMap<>();
    all.put("allowed-networks", String.join(",", allowedNetworks));
    all.put("https-only", Boolean.toString(httpsOnly));
    all.putAll(own);
    return Map.copyOf(all);
  }
}
