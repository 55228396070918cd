package dev.anton.dispatcher.http;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections and the event loops that serve them. One whose loop dies is no good any more: new
 * connections would be given to the dead loop, too, and the client then shuts itself down.
 */
final class Transport {

  private static final Logger log = LoggerFactory.getLogger(Transport.class);

  /** Within it, loops that have no connections left end by themselves. */
  private static final TimeValue ORDERLY = TimeValue.ofSeconds(1);

  private final PoolingAsyncClientConnectionManager connections;
  private final CloseableHttpAsyncClient client;
  private final Consumer<Transport> whenBroken;
  private volatile boolean closing;
  private volatile boolean broken;

  /**
   * Starts the event loops; what was started already is closed again if that fails.
   *
   * @param whenBroken is told, by the thread that dies, of each loop that ends before {@link
   *     #close}
   */
  Transport(
      HttpLimits limits,
      AddressBook addresses,
      @Nullable ProxyTunnel tunnel,
      @Nullable SSLContext tls,
      Consumer<Transport> whenBroken) {
    this.whenBroken = whenBroken;
    this.connections = connections(limits, tunnel == null ? addresses : tunnel.names(), tls);
    try {
      this.client = client(limits, tunnel);
    } catch (RuntimeException | Error e) {
      connections.close(CloseMode.IMMEDIATE);
      throw e;
    }
    try {
      client.start();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Whether one of its loops has died. */
  boolean isBroken() {
    return broken;
  }

  /** Called by the thread of a loop that ends before its time. */
  void died() {
    broken = true;
    whenBroken.accept(this);
  }

  void execute(WebhookRequest request, Exchange exchange) {
    try {
      BasicHttpRequest message = new BasicHttpRequest("POST", request.url());
      request.headers().forEach(message::addHeader);
      BasicRequestProducer producer =
          new BasicRequestProducer(message, new BasicAsyncEntityProducer(request.body(), null)) {
            // sendRequest is called by whoever submits the request; this, by an event loop.
            @Override
            public void produce(DataStreamChannel channel) throws IOException {
              exchange.sending();
              super.produce(channel);
            }
          };
      exchange.runs(
          ((HttpAsyncClient) client)
              .execute(producer, exchange, null, exchange.context(), exchange));
    } catch (RuntimeException e) {
      exchange.end(Failures.outcome(e));
    }
  }

  int openConnections() {
    PoolStats stats = connections.getTotalStats();
    return stats.getLeased() + stats.getAvailable();
  }

  /**
   * Closes all connections. Then the loops end by themselves: a selector that another thread closes
   * makes its loop fail, with an exception that looks like a defect.
   */
  void close() {
    closing = true;
    connections.close(CloseMode.IMMEDIATE);
    try {
      client.initiateShutdown();
      client.awaitShutdown(ORDERLY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close(CloseMode.IMMEDIATE);
  }

  private static PoolingAsyncClientConnectionManager connections(
      HttpLimits limits, AddressBook names, @Nullable SSLContext tls) {
    PoolingAsyncClientConnectionManagerBuilder builder =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(names)
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
                    .setSocketTimeout(backstop(limits))
                    .setIdleTimeout(timeout(limits.idleTimeout()))
                    // A name's addresses are vetted anew at the latest when its connections are.
                    .setTimeToLive(TimeValue.ofMinutes(5))
                    .build());
    if (tls != null) {
      builder.setTlsStrategy(ClientTlsStrategyBuilder.create().setSslContext(tls).buildAsync());
    }
    return builder.build();
  }

  private CloseableHttpAsyncClient client(HttpLimits limits, @Nullable ProxyTunnel tunnel) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setIOReactorConfig(
                IOReactorConfig.custom().setTcpNoDelay(true).setSoTimeout(backstop(limits)).build())
            .setHttp1Config(
                Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(backstop(limits))
                    .setResponseTimeout(backstop(limits))
                    .setAuthenticationEnabled(false)
                    .setExpectContinueEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setThreadFactory(this::loopThread)
            .setIoReactorExceptionCallback(this::caught)
            .setUserAgent("Anton-Webhooks/1.0")
            .evictIdleConnections(
                TimeValue.of(limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableConnectionState();
    if (tunnel != null) {
      builder.setRoutePlanner(tunnel);
    }
    return builder.build();
  }

  /** A loop is dead when its thread is, whatever it died of: an Error is told to no callback. */
  private Thread loopThread(Runnable loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } finally {
                if (!closing) {
                  died();
                }
              }
            },
            "dispatcher-http");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (dead, e) -> log.error("An event loop of the client died", e));
    return thread;
  }

  /** What a connection's own handling did not catch; closing the client may cause it, too. */
  private void caught(Exception e) {
    if (closing || e instanceof ClosedSelectorException) {
      log.debug("The client was closed", e);
    } else {
      log.error("An event loop of the client failed", e);
    }
  }

  /** Later than the exchange's own timer, which says better what happened. */
  private static Timeout backstop(HttpLimits limits) {
    return timeout(limits.deadline().plusSeconds(1));
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }
}
