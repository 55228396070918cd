package dev.anton.bench.client;

import java.net.URI;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/** HttpClient 5's event loops, set up as the dispatcher sets them up. */
final class AsyncPoster implements Poster {

  private final CloseableHttpAsyncClient client;

  AsyncPoster(int inFlight) {
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                    .setMaxConnTotal(inFlight)
                    .setMaxConnPerRoute(inFlight)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableConnectionState()
            .build();
    client.start();
  }

  @Override
  public void post(String url, byte[] body, Runnable done) {
    BasicHttpRequest request = new BasicHttpRequest("POST", URI.create(url));
    RequestHeaders.ALL.forEach(request::addHeader);
    var _ =
        client.execute(
            new BasicRequestProducer(request, new BasicAsyncEntityProducer(body, null)),
            new BasicResponseConsumer<>(new DiscardingEntityConsumer<Void>()),
            new FutureCallback<>() {
              @Override
              public void completed(Message<HttpResponse, Void> result) {
                done.run();
              }

              @Override
              public void failed(Exception cause) {
                throw new IllegalStateException(cause);
              }

              @Override
              public void cancelled() {}
            });
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
