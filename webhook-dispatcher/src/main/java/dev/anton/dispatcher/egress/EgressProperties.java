package dev.anton.dispatcher.egress;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.egress}.
 *
 * @param allowedNetworks CIDR blocks that may be reached although they are not public. None unless
 *     said so: an endpoint's address is a stranger's input.
 * @param httpsOnly whether endpoints must use TLS. Off, as the receivers of a local installation
 *     have no certificates.
 */
@ConfigurationProperties("anton.egress")
public record EgressProperties(
    @DefaultValue List<String> allowedNetworks, @DefaultValue("false") boolean httpsOnly) {

  public EgressProperties {
    allowedNetworks = List.copyOf(allowedNetworks);
  }
}
