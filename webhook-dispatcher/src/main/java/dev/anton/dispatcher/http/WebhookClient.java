package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.egress.VettedResolver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Posts webhooks. It does nothing of its own accord: no redirect, no retry, no cookie, no decoding
 * of content. Every exchange ends within {@link HttpLimits#deadline()} with exactly one outcome,
 * and only vetted addresses are connected to, directly or through the proxy that was configured.
 */
public final class WebhookClient implements AutoCloseable {

  private static final Outcome PLAIN_HTTP =
      new Outcome.AddressRefused(
          "The endpoint's url is plain http, and deliveries leave here over https only");

  private static final Outcome NO_HOST =
      new Outcome.AddressRefused("The endpoint's url has no host");

  private static final Outcome CLOSED =
      new Outcome.ConnectionFailed("The attempt was cut off by a shutdown");

  private static final Duration REPLACEMENT_PAUSE = Duration.ofSeconds(5);

  private final HttpLimits limits;
  private final boolean httpsOnly;
  private final AddressBook addresses;
  private final @Nullable ProxyTunnel tunnel;
  private final Timers timers;
  private final UnsentRequests unsent = new UnsentRequests();
  private final Transports transports;

  /** Trusts what the JVM trusts. */
  public WebhookClient(HttpLimits limits, EgressProperties egress, VettedResolver resolver) {
    this(limits, egress, resolver, null);
  }

  /**
   * With roots of its own.
   *
   * @param tls decides whom TLS connections trust; null for what the JVM trusts
   */
  public WebhookClient(
      HttpLimits limits,
      EgressProperties egress,
      VettedResolver resolver,
      @Nullable SSLContext tls) {
    this.limits = limits;
    this.httpsOnly = egress.httpsOnly();
    this.addresses = new AddressBook(resolver);
    EgressProperties.Proxy proxy = egress.proxy();
    this.tunnel = proxy == null ? null : new ProxyTunnel(proxy, addresses);
    this.timers = new Timers(limits);
    this.transports =
        new Transports(
            new Transports.Pauses(limits.deadline(), REPLACEMENT_PAUSE),
            whenBroken -> new Transport(limits, addresses, tunnel, tls, whenBroken));
  }

  /** Starts an exchange and returns at once. */
  public void send(WebhookRequest request, ExchangeListener listener) {
    Exchange exchange = exchange(request, listener);
    timers.watch(exchange);
    if (exchange.isOver()) {
      return; // the client is closed
    }
    if (httpsOnly && !"https".equalsIgnoreCase(request.url().getScheme())) {
      // It was registered before the installation became stricter.
      exchange.end(PLAIN_HTTP);
      return;
    }
    String host = request.url().getHost();
    if (host == null) {
      exchange.end(NO_HOST);
      return;
    }
    CompletableFuture<Void> lookup = lookUp(host);
    if (lookup == null) {
      transports.execute(request, exchange);
    } else {
      var _ =
          lookup.whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  exchange.end(Failures.outcome(AddressBook.cause(failure)));
                } else if (!exchange.isOver()) {
                  transports.execute(request, exchange);
                }
              });
    }
  }

  /** Connections that are open, used or not. */
  public int openConnections() {
    return transports.openConnections();
  }

  /**
   * Requests that wait for an event loop to send them: a measure of how busy this process is. An
   * endpoint that cannot be connected to counts for a few of them at most.
   */
  public int unsent() {
    return unsent.total();
  }

  /** How often connections and event loops were replaced because a loop had died. */
  public long replacements() {
    return transports.replacements();
  }

  /** Whether an event loop has died and there is no replacement yet. */
  public boolean isBroken() {
    return transports.isBroken();
  }

  /** Attempts that failed before the proxy had led them to their endpoint. */
  public long proxyFailures() {
    return tunnel == null ? 0 : tunnel.failures();
  }

  @Override
  public void close() {
    timers.close(CLOSED);
    transports.close();
    if (tunnel != null) {
      tunnel.close();
    }
    addresses.close();
  }

  private Exchange exchange(WebhookRequest request, ExchangeListener listener) {
    return tunnel == null
        ? new Exchange(limits, listener, unsent, request.url())
        : new TunnelledExchange(limits, listener, unsent, request.url(), tunnel);
  }

  private @Nullable CompletableFuture<Void> lookUp(String host) {
    CompletableFuture<Void> endpoint = addresses.prepare(host);
    CompletableFuture<Void> proxy = tunnel == null ? null : tunnel.prepare();
    if (proxy == null) {
      return endpoint;
    }
    return endpoint == null ? proxy : CompletableFuture.allOf(endpoint, proxy);
  }
}
