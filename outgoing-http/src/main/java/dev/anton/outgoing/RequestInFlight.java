package dev.anton.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The exchanges of one call, which can be broken off from another thread. */
final class RequestInFlight {

  /** A host that does not take a connection by then is away. */
  private static final Timeout CONNECT = Timeout.ofSeconds(10);

  /** Made once: reading the trusted certificates takes tens of milliseconds. */
  private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();

  private final DnsResolver resolver;
  private @Nullable HttpUriRequestBase current;
  private boolean aborted;

  RequestInFlight(DnsResolver resolver) {
    this.resolver = resolver;
  }

  /** One request and its answer, whatever its status. */
  OutgoingResponse exchange(OutgoingRequest request) throws IOException {
    HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.url());
    request.headers().forEach(message::setHeader);
    byte[] body = request.body();
    if (body != null) {
      // The content type is among the headers.
      message.setEntity(new ByteArrayEntity(body, (ContentType) null));
    }
    begin(message);
    Timeout timeout = Timeout.of(request.bounds().timeout());
    try (PoolingHttpClientConnectionManager connections = connections(timeout);
        CloseableHttpClient client = client(connections, timeout)) {
      return client.execute(
          message,
          answer -> {
            try {
              return read(request, answer);
            } catch (ResponseTooLargeException e) {
              // Else the client would read the rest of it, however much that is.
              message.abort();
              throw e;
            }
          });
    }
  }

  /** Breaks off what is under way; nothing is begun after it. */
  synchronized void abort() {
    aborted = true;
    if (current != null) {
      current.abort();
    }
  }

  private synchronized void begin(HttpUriRequestBase message) throws IOException {
    if (aborted) {
      throw new IOException("The call was broken off");
    }
    current = message;
  }

  private static OutgoingResponse read(OutgoingRequest request, ClassicHttpResponse answer)
      throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : answer.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(Objects.requireNonNullElse(header.getValue(), ""));
    }
    return new OutgoingResponse(
        answer.getCode(),
        request.url(),
        headers,
        body(answer.getEntity(), request.bounds().maxResponseBytes()));
  }

  private static byte[] body(@Nullable HttpEntity entity, int maxBytes) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > maxBytes) {
      throw new ResponseTooLargeException(maxBytes);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8 << 10];
    // Closing the stream early would read the rest of it; the client's closing drops the
    // connection.
    InputStream stream = entity.getContent();
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      if (bytes.size() + read > maxBytes) {
        throw new ResponseTooLargeException(maxBytes);
      }
      bytes.write(buffer, 0, read);
    }
    return bytes.toByteArray();
  }

  private PoolingHttpClientConnectionManager connections(Timeout timeout) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver)
        .setTlsSocketStrategy(TLS)
        .setMaxConnTotal(1)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
                .setSocketTimeout(timeout)
                .build())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(200).build())
                .build())
        .build();
  }

  private static CloseableHttpClient client(
      PoolingHttpClientConnectionManager connections, Timeout timeout) {
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(timeout)
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("Anton/1.0")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }
}
