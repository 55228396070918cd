package dev.anton.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.AddedTrust;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.TestAuthority;
import dev.anton.dispatcher.receiver.TestProxy;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** Only public addresses may be reached here; the proxy is on this machine all the same. */
class ProxyTest {

  private static final Map<String, List<String>> NAMES =
      Map.of(
          "hook.example", List.of("8.8.8.8"),
          "six.example", List.of("2606:4700::1111"),
          "two.example", List.of("8.8.4.4", "8.8.8.8"),
          "inside.example", List.of("10.0.0.1"));

  private static final VettedResolver RESOLVER =
      new VettedResolver(
          new AddressPolicy(List.of()),
          host -> {
            List<String> addresses = NAMES.get(host);
            InetAddress[] found = new InetAddress[addresses.size()];
            for (int i = 0; i < found.length; i++) {
              found[i] = InetAddress.ofLiteral(addresses.get(i));
            }
            return found;
          });

  private final TestAuthority authority = new TestAuthority();
  private final TestReceiver plain = new TestReceiver();
  private final TestReceiver secure = new TestReceiver(authority.server("hook.example"));
  private TestProxy proxy = new TestProxy(secure.port());
  private WebhookClient client = client(proxy.port(), null, null);

  @AfterEach
  void close() {
    client.close();
    proxy.close();
    secure.close();
    plain.close();
  }

  @Test
  void aTunnelLeadsToTheVettedAddressAndTlsAndHostGoByTheName() {
    assertThat(post("https://hook.example/a")).isInstanceOf(Outcome.Delivered.class);

    assertThat(proxy.requestLines()).containsExactly("CONNECT 8.8.8.8:443 HTTP/1.1");
    assertThat(proxy.heads().getFirst()).doesNotContain("hook.example", "Proxy-Authorization");
    assertThat(secure.serverNames()).containsExactly("hook.example");
    assertThat(secure.requests("/a").getFirst().header("Host")).contains("hook.example");
  }

  @Test
  void aCertificateOfAnotherNameIsRefusedThroughAProxyToo() {
    assertThat(post("https://two.example/").error()).startsWith("TLS failed:");
    assertThat(secure.requests("/")).isEmpty();
  }

  @Test
  void anIpv6AddressIsTunnelledTo() {
    post("https://six.example:8443/");

    assertThat(proxy.requestLines())
        .containsExactly("CONNECT [2606:4700:0:0:0:0:0:1111]:8443 HTTP/1.1");
  }

  @Test
  void plainHttpIsTunnelledAsWell() {
    through(plain, null, null);

    assertThat(post("http://hook.example/a?b=c")).isInstanceOf(Outcome.Delivered.class);

    assertThat(proxy.requestLines()).containsExactly("CONNECT 8.8.8.8:80 HTTP/1.1");
    assertThat(plain.requests("/a?b=c").getFirst().header("Host")).contains("hook.example");
  }

  @Test
  void credentialsGoToTheProxyUnaskedAndNoFurther() {
    through(plain, "user", "pässword");

    assertThat(post("http://hook.example/")).isInstanceOf(Outcome.Delivered.class);

    assertThat(proxy.heads().getFirst())
        .contains("Proxy-Authorization: Basic dXNlcjpww6Rzc3dvcmQ=\r\n");
    assertThat(plain.requests("/").getFirst().headers()).doesNotContainKey("proxy-authorization");
  }

  @Test
  void aTunnelIsUsedAgain() {
    for (int i = 0; i < 5; i++) {
      assertThat(post("https://hook.example/")).isInstanceOf(Outcome.Delivered.class);
    }

    // The answer is there a moment before its connection is.
    assertThat(proxy.requestLines()).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 410, 429, 500})
  void whatTheProxyAnswersIsNotTheEndpointsAnswer(int status) {
    proxy.refuse(Answer.status(status, "Retry-After: 60\r\n", "internal page"));

    assertThat(post("https://hook.example/"))
        .isEqualTo(
            new Outcome.ConnectionFailed(
                "The proxy answered " + status + " and did not lead to the endpoint"));
    assertThat(client.proxyFailures()).isEqualTo(1);
  }

  @Test
  void aProxyThatWantsCredentialsFailsTheAttemptAndIsNotSentTheDelivery() {
    proxy.refuse(Answer.status(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n", "who?"));

    for (int i = 0; i < 2; i++) {
      assertThat(post("http://hook.example/"))
          .isEqualTo(
              new Outcome.ConnectionFailed(
                  "The proxy wants credentials, or others than it was given (407)"));
    }

    assertThat(proxy.requestLines()).containsOnly("CONNECT 8.8.8.8:80 HTTP/1.1").hasSize(2);
    await().until(() -> client.openConnections() == 0);
  }

  @Test
  void anAddressThatTheProxyCannotReachIsFollowedByTheNextAtTheNextAttempt() {
    through(plain, null, null);
    proxy.refuse(Answer.status(502));
    assertThat(post("http://two.example/").error()).contains("502");
    proxy.refuse(null);

    assertThat(post("http://two.example/")).isInstanceOf(Outcome.Delivered.class);

    assertThat(proxy.requestLines())
        .containsExactly("CONNECT 8.8.4.4:80 HTTP/1.1", "CONNECT 8.8.8.8:80 HTTP/1.1");
  }

  @Test
  void anAddressThatFailsForManyAtATimeIsPutLastOnce() {
    AddressBook book = new AddressBook(RESOLVER);
    ProxyTunnel tunnel =
        new ProxyTunnel(new EgressProperties.Proxy("127.0.0.1", proxy.port(), null, null), book);
    try (book;
        tunnel) {
      await().until(() -> book.prepare("two.example") == null);
      List<HttpClientContext> attempts = List.of(tunnel.context(), tunnel.context());
      attempts.forEach(attempt -> assertThat(addressFor(tunnel, attempt)).isEqualTo("8.8.4.4"));

      attempts.forEach(attempt -> tunnel.unreachable("two.example", attempt));

      assertThat(addressFor(tunnel, tunnel.context())).isEqualTo("8.8.8.8");
    }
  }

  @Test
  void anEndpointThatBreaksOffAsTlsBeginsIsNotTheProxysFailure() throws IOException {
    try (ServerSocket endpoint = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> closeEach(endpoint));
      client.close();
      proxy.close();
      proxy = new TestProxy(endpoint.getLocalPort());
      client = client(proxy.port(), null, null);

      Outcome outcome = post("https://hook.example/");

      assertThat(outcome).isInstanceOf(Outcome.ConnectionFailed.class);
      assertThat(outcome.error()).doesNotContain("proxy");
      assertThat(proxy.requestLines()).isNotEmpty();
      assertThat(client.proxyFailures()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense\r\n\r\n", "HTTP/1.1 204 No\r\n\r\n"})
  void aProxyThatBreaksOffOrIsNoneFailsTheAttempt(String bytes) {
    proxy.refuse(Answer.raw(bytes));

    assertThat(post("https://hook.example/"))
        .isEqualTo(
            new Outcome.ConnectionFailed(
                "The connection through the proxy broke before the endpoint was reached"));
  }

  @Test
  void aProxyThatIsNotThereFailsTheAttempt() {
    proxy.close();

    assertThat(post("https://hook.example/"))
        .isEqualTo(new Outcome.ConnectionFailed("The proxy could not be connected to"));
    assertThat(client.proxyFailures()).isEqualTo(1);
  }

  @Test
  void aProxyWhoseNameLeadsNowhereFailsTheAttempt() {
    client.close();
    client =
        new WebhookClient(
            Attempts.LIMITS,
            new EgressProperties(
                List.of(),
                false,
                new EgressProperties.Proxy("proxy.invalid", 3128, null, null),
                null),
            RESOLVER);

    assertThat(post("https://hook.example/"))
        .isEqualTo(new Outcome.ConnectionFailed("The proxy's name could not be resolved"));
  }

  @Test
  void aProxyThatSaysNothingIsWaitedForUntilTheDeadline() {
    proxy.refuse(Answer.hang());

    assertThat(post("https://hook.example/"))
        .isEqualTo(new Outcome.TimedOut(Attempts.LIMITS.deadline()));
    await().until(() -> client.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://inside.example/", "https://inside.example/"})
  void theRulesForEndpointsHoldThroughAProxyToo(String url) {
    assertThat(post(url)).isInstanceOf(Outcome.AddressRefused.class);
    assertThat(proxy.requestLines()).isEmpty();
  }

  private Outcome post(String url) {
    return Attempts.post(client, URI.create(url));
  }

  private static String addressFor(ProxyTunnel tunnel, HttpClientContext context) {
    try {
      return tunnel
          .determineRoute(new HttpHost("http", "two.example"), context)
          .getTargetHost()
          .getHostName();
    } catch (HttpException e) {
      throw new AssertionError(e);
    }
  }

  private static void closeEach(ServerSocket endpoint) {
    while (!endpoint.isClosed()) {
      try {
        endpoint.accept().close();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void through(TestReceiver receiver, String user, String password) {
    client.close();
    proxy.close();
    proxy = new TestProxy(receiver.port());
    client = client(proxy.port(), user, password);
  }

  private WebhookClient client(int proxyPort, String user, String password) {
    DefaultSslBundleRegistry bundles =
        new DefaultSslBundleRegistry(
            "test", SslBundle.of(SslStoreBundle.of(null, null, authority.trustStore())));
    return new WebhookClient(
        Attempts.LIMITS,
        new EgressProperties(
            List.of(),
            false,
            new EgressProperties.Proxy("127.0.0.1", proxyPort, user, password),
            null),
        RESOLVER,
        AddedTrust.context("test", bundles));
  }
}
