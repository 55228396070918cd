package dev.anton.dispatcher.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.receiver.TestAuthority;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

class AddedTrustTest {

  @Test
  void aBundleAddsItsRootsToThoseOfTheJvm() {
    SslBundle bundle =
        SslBundle.of(SslStoreBundle.of(null, null, new TestAuthority().trustStore()));

    X509Certificate[] jvm = AddedTrust.jvmRoots().getAcceptedIssuers();

    assertThat(AddedTrust.roots(bundle).getAcceptedIssuers()).hasSize(jvm.length + 1).contains(jvm);
  }
}
