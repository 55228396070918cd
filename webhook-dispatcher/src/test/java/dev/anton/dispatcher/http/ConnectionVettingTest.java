package dev.anton.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules hold when a connection is made, whatever had been registered. */
class ConnectionVettingTest {

  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  private final TestReceiver receiver = new TestReceiver();
  private final int port = receiver.url("/").getPort();

  @AfterEach
  void close() {
    receiver.close();
  }

  /** Each of them names this machine, where a receiver listens, or something else inside. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[2606:4700::5efe:127.0.0.1]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "224.0.0.1"
      })
  void whatLeadsInsideIsNotConnectedTo(String host) {
    try (WebhookClient client =
        new WebhookClient(
            Attempts.LIMITS,
            EgressProperties.direct(List.of(), false),
            new VettedResolver(new AddressPolicy(List.of())))) {

      Outcome outcome = Attempts.post(client, URI.create("http://" + host + ":" + port + "/"));

      assertThat(outcome).isInstanceOf(Outcome.AddressRefused.class);
      assertThat(outcome.error()).contains("may not be reached from here");
      assertThat(client.openConnections()).isZero();
    }
    assertThat(receiver.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1.", "127.1", "127.0.0.%31", "127.0.0.1:80"})
  void whatIsNoHostFails(String host) {
    try (WebhookClient client = client(false, InetAddress::getAllByName)) {
      Outcome outcome = Attempts.post(client, URI.create("http://" + host + ":" + port + "/"));

      assertThat(outcome).isEqualTo(new Outcome.AddressRefused("The endpoint's url has no host"));
    }
    assertThat(receiver.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "LOCALHOST", "localhost", "hook.example."})
  void whatIsAllowedIsDeliveredToHoweverItIsWritten(String host) {
    try (WebhookClient client =
        client(false, _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")})) {
      assertThat(Attempts.post(client, URI.create("HTTP://" + host + ":" + port + "/")))
          .isInstanceOf(Outcome.Delivered.class);
    }
  }

  @Test
  void anIpv6AddressIsConnectedTo() {
    try (WebhookClient client =
        // The receiver listens on IPv4 only; what counts is which address is asked for.
        client(false, host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")})) {
      assertThat(Attempts.post(client, URI.create("http://[2606:4700::1111]:" + port + "/")))
          .isInstanceOf(Outcome.Delivered.class);
    }
    assertThat(receiver.requests("/").getFirst().header("Host"))
        .contains("[2606:4700::1111]:" + port);
  }

  @Test
  void oneRefusedAddressAmongManyRefusesTheName() {
    try (WebhookClient client =
        client(
            false,
            _ ->
                new InetAddress[] {
                  InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1")
                })) {
      assertThat(Attempts.post(client, URI.create("http://mixed.example:" + port + "/")))
          .isInstanceOf(Outcome.AddressRefused.class);
    }
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void aNameThatChangesBetweenCheckAndConnectionLeadsToWhatWasChecked() {
    AtomicInteger lookups = new AtomicInteger();
    try (WebhookClient client =
        client(
            false,
            _ ->
                new InetAddress[] {
                  InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")
                })) {
      URI url = URI.create("http://rebinding.example:" + port + "/");

      assertThat(Attempts.post(client, url)).isInstanceOf(Outcome.Delivered.class);
    }
    assertThat(lookups).hasValue(1);
  }

  @Test
  void withHttpsOnlyAnEndpointThatHadBeenRegisteredWithoutTlsIsNotConnectedTo() {
    try (WebhookClient client =
        client(true, _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")})) {
      assertThat(Attempts.post(client, receiver.url("/")))
          .isEqualTo(
              new Outcome.AddressRefused(
                  "The endpoint's url is plain http, and deliveries leave here over https only"));
    }
    assertThat(receiver.connections()).isZero();
  }

  private static WebhookClient client(boolean httpsOnly, VettedResolver.Lookup lookup) {
    return new WebhookClient(
        Attempts.LIMITS,
        EgressProperties.direct(List.of(), httpsOnly),
        new VettedResolver(new AddressPolicy(LOOPBACK), lookup));
  }
}
