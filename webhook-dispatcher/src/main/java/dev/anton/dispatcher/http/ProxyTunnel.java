package dev.anton.dispatcher.http;

import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Leads every exchange through a proxy, in a tunnel to the vetted address: given the name, the
 * proxy would look it up itself, and could get another address than the one that was vetted. The
 * name stays what TLS asks for and verifies, and what {@code Host} says. Plain http is tunnelled,
 * too. The proxy itself is the operator's and may be anywhere.
 */
final class ProxyTunnel implements HttpRoutePlanner, AutoCloseable {

  /** Under it, the address that an exchange is led to is in its context. */
  private static final String ADDRESS = "anton.tunnel.address";

  private final HttpHost proxy;
  private final @Nullable UsernamePasswordCredentials credentials;
  private final AddressBook endpoints;
  private final AddressBook names =
      new AddressBook(new VettedResolver(new AddressPolicy(List.of("0.0.0.0/0", "::/0"))));
  private final LongAdder failures = new LongAdder();

  /**
   * Through one proxy.
   *
   * @param endpoints where the vetted addresses of endpoints are
   */
  ProxyTunnel(EgressProperties.Proxy settings, AddressBook endpoints) {
    this.proxy = new HttpHost("http", settings.host(), settings.port());
    String user = settings.user();
    String password = settings.password();
    this.credentials =
        user == null || password == null
            ? null
            : new UsernamePasswordCredentials(user, password.toCharArray());
    this.endpoints = endpoints;
  }

  /** The only names that the client looks up by itself. */
  AddressBook names() {
    return names;
  }

  /** As {@link AddressBook#prepare}, for the proxy's own name. */
  @Nullable CompletableFuture<Void> prepare() {
    CompletableFuture<Void> lookup = names.prepare(proxy.getHostName());
    return lookup == null
        ? null
        : lookup.exceptionally(
            failure -> {
              throw new CompletionException(failed("The proxy's name could not be resolved"));
            });
  }

  @Override
  public HttpRoute determineRoute(HttpHost target, HttpContext context) throws HttpException {
    HttpHost name = RoutingSupport.normalize(target, DefaultSchemePortResolver.INSTANCE);
    InetAddress address;
    try {
      address = endpoints.resolve(name.getHostName())[0];
    } catch (UnknownHostException e) {
      throw new HttpException("The endpoint's addresses are not known any more", e);
    }
    context.setAttribute(ADDRESS, address);
    boolean secure = URIScheme.HTTPS.same(name.getSchemeName());
    return new HttpRoute(
        new HttpHost(name.getSchemeName(), address, address.getHostAddress(), name.getPort()),
        name,
        null,
        new HttpHost[] {proxy},
        secure,
        TunnelType.TUNNELLED,
        secure ? LayerType.LAYERED : LayerType.PLAIN);
  }

  /** The context of one exchange; with credentials they are offered unasked, to the proxy alone. */
  HttpClientContext context() {
    HttpClientContext context = HttpClientContext.create();
    if (credentials != null) {
      BasicScheme basic = new BasicScheme();
      basic.initPreemptive(credentials);
      context.resetAuthExchange(proxy, basic);
    }
    return context;
  }

  /**
   * The proxy could not reach the address that this exchange was led to: the next attempt tries the
   * host's next one.
   */
  void unreachable(String host, HttpContext context) {
    if (context.getAttribute(ADDRESS) instanceof InetAddress failed) {
      endpoints.rotate(host, failed);
    }
  }

  /** Counts a failure that is the proxy's. */
  ProxyFailedException failed(String sentence) {
    failures.increment();
    return new ProxyFailedException(sentence);
  }

  long failures() {
    return failures.sum();
  }

  @Override
  public void close() {
    names.close();
  }
}
