package dev.anton.bench.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/** HttpClient 5's blocking client with a virtual thread for each post. */
final class ClassicPoster implements Poster {

  private final CloseableHttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ClassicPoster(int inFlight) {
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
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
  }

  @Override
  public void post(String url, byte[] body, Runnable done) {
    threads.execute(
        () -> {
          HttpPost request = new HttpPost(url);
          RequestHeaders.ALL.forEach(request::addHeader);
          request.setEntity(new ByteArrayEntity(body, null));
          try {
            client.execute(
                request,
                response -> {
                  EntityUtils.consume(response.getEntity());
                  return response.getCode();
                });
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          done.run();
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
