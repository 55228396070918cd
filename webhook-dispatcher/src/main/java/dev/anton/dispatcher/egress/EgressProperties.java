package dev.anton.dispatcher.egress;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.egress}.
 *
 * @param allowedNetworks CIDR blocks that may be reached although they are not public. None unless
 *     said so: an endpoint's address is a stranger's input.
 * @param httpsOnly whether endpoints must use TLS. Off, as the receivers of a local installation
 *     have no certificates.
 * @param proxy through which all deliveries go; without, they go directly
 * @param sslBundle the Spring SSL bundle whose trust store is trusted beside the JVM's own
 */
@ConfigurationProperties("anton.egress")
public record EgressProperties(
    @DefaultValue List<String> allowedNetworks,
    @DefaultValue("false") boolean httpsOnly,
    @Nullable Proxy proxy,
    @Nullable String sslBundle) {

  public EgressProperties {
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /** Directly, with what the JVM trusts. */
  public static EgressProperties direct(List<String> allowedNetworks, boolean httpsOnly) {
    return new EgressProperties(allowedNetworks, httpsOnly, null, null);
  }

  /**
   * An HTTP proxy that tunnels with {@code CONNECT}. It is the operator's own, so that its address
   * is not vetted.
   *
   * @param host a name or an address
   * @param user for Basic authentication; without, none is offered
   */
  public record Proxy(String host, int port, @Nullable String user, @Nullable String password) {

    /**
     * Checks what was configured.
     *
     * @throws IllegalArgumentException if it cannot be connected to like this
     */
    public Proxy {
      if (host.isEmpty() || !host.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/')) {
        throw new IllegalArgumentException(
            "anton.egress.proxy.host is a name or an address, without http:// and port");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("anton.egress.proxy.port is a number from 1 to 65535");
      }
      if ((user == null) != (password == null)) {
        throw new IllegalArgumentException(
            "anton.egress.proxy.user and .password are given both or not at all");
      }
    }

    /** Says nothing of the credentials. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
