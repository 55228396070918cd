package dev.anton.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.AddressRefusedException;
import dev.anton.egress.VettedResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingHttpTest {

  private final OutgoingHttp loopbackAllowed =
      new OutgoingHttp(new VettedResolver(new AddressPolicy(List.of("127.0.0.0/8"))));

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theAnswerIsHandedBackWhateverItsStatus() throws Exception {
    serve(
        "/",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("X-Seen", exchange.getRequestHeaders().getFirst("X-A"));
          exchange.sendResponseHeaders(418, sent.length);
          exchange.getResponseBody().write(sent);
        });

    OutgoingResponse response =
        loopbackAllowed.send(
            new OutgoingRequest(
                "POST", url("/"), Map.of("X-A", "1"), "hello".getBytes(UTF_8), bounds(0)));

    assertThat(response.status()).isEqualTo(418);
    assertThat(response.body()).asString(UTF_8).isEqualTo("hello");
    assertThat(response.header("x-seen")).hasValue("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "0x7f.1", "[::ffff:127.0.0.1]"})
  void whatLeadsHereIsRefusedUnlessItIsAllowed(String host) {
    OutgoingHttp http = new OutgoingHttp(new VettedResolver(new AddressPolicy(List.of())));
    URI url = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> http.send(get(url, bounds(0))))
        .matches(
            e -> e instanceof AddressRefusedException || url.getHost() == null,
            "says that the address is refused");
  }

  @Test
  void aRedirectIsFollowedWithoutCredentialsWhenItLeavesItsOrigin() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicReference<String> authorization = new AtomicReference<>("unset");
    other.createContext(
        "/",
        exchange -> {
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    other.start();
    try {
      redirect("/", "http://127.0.0.1:" + other.getAddress().getPort() + "/there");

      OutgoingResponse response =
          loopbackAllowed.send(
              new OutgoingRequest(
                  "GET", url("/"), Map.of("Authorization", "Bearer x"), null, bounds(3)));

      assertThat(response.status()).isEqualTo(204);
      assertThat(response.url().getPath()).isEqualTo("/there");
      assertThat(authorization).hasValue(null);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aRedirectToARefusedAddressIsRefused() {
    redirect("/", "http://10.0.0.1/latest/meta-data");

    assertThatExceptionOfType(AddressRefusedException.class)
        .isThrownBy(() -> loopbackAllowed.send(get(url("/"), bounds(3))))
        .withMessageContaining("10.0.0.1");
  }

  @Test
  void redirectsInACircleEnd() {
    redirect("/", "/");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> loopbackAllowed.send(get(url("/"), bounds(3))))
        .withMessageContaining("more than 3 redirects");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "http://user:pw@127.0.0.1/"})
  void aRedirectToSomethingElseIsNotFollowed(String location) {
    redirect("/", location);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> loopbackAllowed.send(get(url("/"), bounds(3))))
        .withMessageContaining("redirects to");
  }

  @Test
  void anAnswerThatIsTooLongIsBrokenOff() {
    serve("/", OutgoingHttpTest::writeWithoutEnd);

    assertThatExceptionOfType(ResponseTooLargeException.class)
        .isThrownBy(() -> loopbackAllowed.send(get(url("/"), bounds(0))));
  }

  @Test
  void anAnswerThatTricklesEndsWithTheTimeout() {
    CountDownLatch never = new CountDownLatch(1);
    serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          await(never);
        });

    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(
            () ->
                loopbackAllowed.send(
                    get(url("/"), new OutgoingRequest.Bounds(Duration.ofMillis(300), 1000, 0))))
        .withMessageContaining("within 300 ms");
    never.countDown();
  }

  @Test
  void anInterruptEndsTheCall() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    serve(
        "/",
        exchange -> {
          asked.countDown();
          await(never);
        });
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    loopbackAllowed.send(get(url("/"), bounds(0)));
                  } catch (IOException | InterruptedException e) {
                    outcome.set(e);
                  }
                });
    asked.await();

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    never.countDown();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused(@TempDir Path folder) throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
    https.start();
    try {
      URI url = URI.create("https://127.0.0.1:" + https.getAddress().getPort() + "/");

      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> loopbackAllowed.send(get(url, bounds(0))));
    } finally {
      https.stop(0);
    }
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private void redirect(String path, String location) {
    serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  private static void writeWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    byte[] chunk = new byte[1000];
    while (true) {
      out.write(chunk);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static OutgoingRequest get(URI url, OutgoingRequest.Bounds bounds) {
    return new OutgoingRequest("GET", url, Map.of(), null, bounds);
  }

  private static OutgoingRequest.Bounds bounds(int redirects) {
    return new OutgoingRequest.Bounds(Duration.ofSeconds(20), 10_000, redirects);
  }

  private static SSLContext selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
