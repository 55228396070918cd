package dev.anton.dispatcher.egress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Trusts a bundle's roots beside the JVM's own. Only the trust store of the bundle is used: a
 * client key in it would be shown to every endpoint that asks. Certificates and host names are
 * verified as ever.
 */
public final class AddedTrust {

  private static final Logger log = LoggerFactory.getLogger(AddedTrust.class);

  private AddedTrust() {}

  /**
   * A context that follows the bundle when it is reloaded; what cannot be read leaves the roots as
   * they were. Connections that are open stay open.
   *
   * @throws org.springframework.boot.ssl.NoSuchSslBundleException if there is no such bundle
   * @throws IllegalStateException if it has no trust store, or cannot be read
   */
  public static SSLContext context(String bundleName, SslBundles bundles) {
    ReloadableTrust trust = new ReloadableTrust(roots(bundles.getBundle(bundleName)));
    SSLContext context;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JVM has no TLS", e);
    }
    bundles.addBundleUpdateHandler(
        bundleName,
        updated -> {
          try {
            trust.follow(roots(updated));
            forget(context.getClientSessionContext());
            log.info("The roots of SSL bundle {} were read again", bundleName);
          } catch (RuntimeException e) {
            log.error("SSL bundle {} could not be read again; its roots stay", bundleName, e);
          }
        });
    return context;
  }

  static X509ExtendedTrustManager roots(SslBundle bundle) {
    if (bundle.getStores().getTrustStore() == null) {
      throw new IllegalStateException(
          "The SSL bundle of anton.egress.ssl-bundle has no trust store (truststore.certificate)");
    }
    try {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      add(roots, "jvm", jvmRoots());
      add(roots, "bundle", manager(bundle.getManagers().getTrustManagers()));
      return manager(trustManagers(roots));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Trusted roots could not be read", e);
    }
  }

  private static void add(KeyStore roots, String origin, X509ExtendedTrustManager trusted)
      throws GeneralSecurityException {
    int number = 0;
    for (X509Certificate root : trusted.getAcceptedIssuers()) {
      roots.setCertificateEntry(origin + "-" + number++, root);
    }
  }

  /** What is trusted without a bundle. */
  static X509ExtendedTrustManager jvmRoots() {
    try {
      return manager(trustManagers(null));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JVM's trusted roots could not be read", e);
    }
  }

  /** Of the JVM's own roots if there is no store. */
  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static X509ExtendedTrustManager manager(TrustManager[] managers) {
    return Arrays.stream(managers)
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no X.509 trust manager"));
  }

  /** A resumed session is not verified again. */
  private static void forget(SSLSessionContext sessions) {
    for (byte[] id : Collections.list(sessions.getIds())) {
      SSLSession session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
  }
}
