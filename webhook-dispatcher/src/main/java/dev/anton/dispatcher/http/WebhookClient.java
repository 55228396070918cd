package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.egress.VettedResolver;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts webhooks. It does nothing of its own accord: no redirect, no retry, no cookie, no decoding
 * of content. Every exchange ends within {@link HttpLimits#deadline()} with exactly one outcome,
 * and only vetted addresses are connected to.
 */
public final class WebhookClient implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookClient.class);

  private static final Outcome PLAIN_HTTP =
      new Outcome.AddressRefused(
          "The endpoint's url is plain http, and deliveries leave here over https only");

  private static final Outcome NO_HOST =
      new Outcome.AddressRefused("The endpoint's url has no host");

  private final HttpLimits limits;
  private final boolean httpsOnly;
  private final AddressBook addresses;
  private final Timers timers;
  private final UnsentRequests unsent = new UnsentRequests();
  private final PoolingAsyncClientConnectionManager connections;
  private final CloseableHttpAsyncClient client;

  public WebhookClient(HttpLimits limits, EgressProperties egress, VettedResolver resolver) {
    this.limits = limits;
    this.httpsOnly = egress.httpsOnly();
    this.addresses = new AddressBook(resolver);
    this.timers = new Timers(limits);
    this.connections = connections(limits, addresses);
    this.client = client(limits, connections);
    client.start();
  }

  /** Starts an exchange and returns at once. */
  public void send(WebhookRequest request, ExchangeListener listener) {
    Exchange exchange = new Exchange(limits, listener, unsent, request.url().getAuthority());
    timers.watch(exchange);
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
    CompletableFuture<Void> lookup = addresses.prepare(host);
    if (lookup == null) {
      execute(request, exchange);
    } else {
      var _ =
          lookup.whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  exchange.end(Failures.outcome(AddressBook.cause(failure)));
                } else if (!exchange.isOver()) {
                  execute(request, exchange);
                }
              });
    }
  }

  /** Connections that are open, used or not. */
  public int openConnections() {
    PoolStats stats = connections.getTotalStats();
    return stats.getLeased() + stats.getAvailable();
  }

  /**
   * Requests that wait for an event loop to send them: a measure of how busy this process is. An
   * endpoint that cannot be connected to counts for a few of them at most.
   */
  public int unsent() {
    return unsent.total();
  }

  @Override
  public void close() {
    timers.close();
    addresses.close();
    client.close(CloseMode.IMMEDIATE);
  }

  private void execute(WebhookRequest request, Exchange exchange) {
    try {
      BasicHttpRequest message = new BasicHttpRequest("POST", request.url());
      request.headers().forEach(message::addHeader);
      BasicRequestProducer producer =
          new BasicRequestProducer(message, new BasicAsyncEntityProducer(request.body(), null)) {
            @Override
            public void sendRequest(RequestChannel channel, HttpContext context)
                throws HttpException, IOException {
              exchange.sending();
              super.sendRequest(channel, context);
            }
          };
      exchange.runs(
          ((HttpAsyncClient) client)
              .execute(producer, exchange, null, HttpClientContext.create(), exchange));
    } catch (RuntimeException e) {
      exchange.end(Failures.outcome(e));
    }
  }

  private static PoolingAsyncClientConnectionManager connections(
      HttpLimits limits, AddressBook addresses) {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setDnsResolver(addresses)
        // LAX: one lock per endpoint instead of one for all; the total is a soft bound then.
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setConnPoolPolicy(PoolReusePolicy.LIFO)
        .setMaxConnTotal(limits.maxConnections())
        .setMaxConnPerRoute(limits.maxConnections())
        .setDefaultTlsConfig(
            TlsConfig.custom()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                .setHandshakeTimeout(timeout(limits.connectTimeout()))
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(limits.connectTimeout()))
                .setSocketTimeout(timeout(limits.deadline()))
                .setIdleTimeout(timeout(limits.idleTimeout()))
                // A name's addresses are vetted anew at the latest when its connections are.
                .setTimeToLive(TimeValue.ofMinutes(5))
                .build())
        .build();
  }

  private static CloseableHttpAsyncClient client(
      HttpLimits limits, PoolingAsyncClientConnectionManager connections) {
    return HttpAsyncClients.custom()
        .setConnectionManager(connections)
        .setIOReactorConfig(
            IOReactorConfig.custom()
                .setTcpNoDelay(true)
                .setSoTimeout(timeout(limits.deadline()))
                .build())
        .setHttp1Config(Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(limits.deadline()))
                .setResponseTimeout(timeout(limits.deadline()))
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setIoReactorExceptionCallback(WebhookClient::failed)
        .setUserAgent("Anton-Webhooks/1.0")
        .evictIdleConnections(TimeValue.of(limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }

  /** What a connection's own handling did not catch; closing the client may cause it, too. */
  private static void failed(Exception e) {
    if (e instanceof ClosedSelectorException) {
      log.debug("The client was closed", e);
    } else {
      log.error("An event loop of the client failed", e);
    }
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }
}
