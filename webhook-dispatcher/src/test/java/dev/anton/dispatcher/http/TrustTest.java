package dev.anton.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.AddedTrust;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.TestAuthority;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

class TrustTest {

  private final TestAuthority authority = new TestAuthority();
  private final DefaultSslBundleRegistry bundles =
      new DefaultSslBundleRegistry("test", bundle(authority));

  @Test
  void anUnknownAuthorityIsRefused() {
    try (TestReceiver receiver = new TestReceiver(authority.server("hook.example"));
        WebhookClient client = client(null)) {
      assertThat(post(client, receiver).error()).startsWith("TLS failed:");
      assertThat(receiver.requests("/")).isEmpty();
    }
  }

  @Test
  void theBundlesAuthorityIsTrusted() {
    try (TestReceiver receiver = new TestReceiver(authority.server("hook.example"));
        WebhookClient client = client(AddedTrust.context("test", bundles))) {
      assertThat(post(client, receiver)).isInstanceOf(Outcome.Delivered.class);
      assertThat(receiver.serverNames()).containsExactly("hook.example");
    }
  }

  @Test
  void itIsTrustedForItsOwnNamesOnly() {
    try (TestReceiver receiver = new TestReceiver(authority.server("other.example"));
        WebhookClient client = client(AddedTrust.context("test", bundles))) {
      assertThat(post(client, receiver).error()).startsWith("TLS failed:").contains("hook.example");
      assertThat(receiver.requests("/")).isEmpty();
    }
  }

  @Test
  void aCertificateThatHasEndedIsRefused() {
    try (TestReceiver receiver = new TestReceiver(authority.server("hook.example", -1));
        WebhookClient client = client(AddedTrust.context("test", bundles))) {
      assertThat(post(client, receiver).error()).startsWith("TLS failed:");
    }
  }

  @Test
  void aBundleThatIsReloadedCountsFromTheNextConnectionOn() {
    TestAuthority next = new TestAuthority();
    try (TestReceiver receiver = new TestReceiver(next.server("hook.example"));
        WebhookClient client = client(AddedTrust.context("test", bundles))) {
      assertThat(post(client, receiver).error()).startsWith("TLS failed:");

      bundles.updateBundle("test", bundle(next));

      await().until(() -> post(client, receiver) instanceof Outcome.Delivered);
    }
  }

  @Test
  void anAuthorityThatIsTakenAwayIsRefusedFromTheNextConnectionOn() {
    try (TestReceiver receiver = new TestReceiver(authority.server("hook.example"));
        WebhookClient client = client(AddedTrust.context("test", bundles))) {
      receiver.answer("/", Answer.status(200, "Connection: close\r\n", ""));
      assertThat(post(client, receiver)).isInstanceOf(Outcome.Delivered.class);

      bundles.updateBundle("test", bundle(new TestAuthority()));

      // Not even by a session that was verified before.
      assertThat(post(client, receiver).error()).startsWith("TLS failed:");
      assertThat(receiver.requests("/")).hasSize(1);
    }
  }

  @Test
  void aBundleWithoutATrustStoreIsNotTakenInPlaceOfOne() {
    try (TestReceiver receiver = new TestReceiver(authority.server("hook.example"));
        WebhookClient client = client(AddedTrust.context("test", bundles))) {

      bundles.updateBundle("test", SslBundle.of(SslStoreBundle.NONE));

      assertThat(post(client, receiver)).isInstanceOf(Outcome.Delivered.class);
    }
    bundles.registerBundle("empty", SslBundle.of(SslStoreBundle.NONE));
    assertThatThrownBy(() -> AddedTrust.context("empty", bundles))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no trust store");
    assertThatThrownBy(() -> AddedTrust.context("missing", bundles))
        .isInstanceOf(NoSuchSslBundleException.class);
  }

  private static Outcome post(WebhookClient client, TestReceiver receiver) {
    return Attempts.post(client, URI.create("https://hook.example:" + receiver.port() + "/"));
  }

  private static SslBundle bundle(TestAuthority authority) {
    return SslBundle.of(SslStoreBundle.of(null, null, authority.trustStore()));
  }

  private static WebhookClient client(SSLContext tls) {
    return new WebhookClient(
        Attempts.LIMITS,
        EgressProperties.direct(List.of(), true),
        new VettedResolver(
            new AddressPolicy(List.of("127.0.0.0/8")),
            _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")}),
        tls);
  }
}
