package dev.anton.dispatcher.receiver;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that nobody knows. */
public final class TestAuthority {

  private static final char[] PASSWORD = "none".toCharArray();

  private final X500Name name = new X500Name("CN=Test authority");
  private final KeyPair keys = keys();
  private final X509Certificate root =
      certificate(name, keys, new GeneralName(GeneralName.dNSName, "authority"), 1, true);

  /** The authority's root alone. */
  public KeyStore trustStore() {
    try {
      KeyStore store = empty();
      store.setCertificateEntry("root", root);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sockets of a server that goes by a name. */
  public ServerSocketFactory server(String host) {
    return server(host, 1);
  }

  /**
   * The same with a certificate that ends then.
   *
   * @param validDays from now; negative for one that has ended
   */
  public ServerSocketFactory server(String host, int validDays) {
    try {
      KeyPair serverKeys = keys();
      KeyStore store = empty();
      Certificate[] chain = {
        certificate(
            new X500Name("CN=Test server"),
            serverKeys,
            new GeneralName(GeneralName.dNSName, host),
            validDays,
            false),
        root
      };
      store.setKeyEntry("server", serverKeys.getPrivate(), PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context.getServerSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(
      X500Name subject, KeyPair subjectKeys, GeneralName host, int validDays, boolean authority) {
    try {
      Instant end = Instant.now().plus(Duration.ofDays(validDays));
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(end.minus(Duration.ofDays(30))),
              Date.from(end),
              subject,
              subjectKeys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(host));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
