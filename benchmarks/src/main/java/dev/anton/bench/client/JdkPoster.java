package dev.anton.bench.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's client over HTTP/1.1. */
final class JdkPoster implements Poster {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public void post(String url, byte[] body, Runnable done) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    RequestHeaders.ALL.forEach(request::header);
    var _ = client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding()).thenRun(done);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
