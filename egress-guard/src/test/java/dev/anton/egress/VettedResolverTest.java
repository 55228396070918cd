package dev.anton.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VettedResolverTest {

  private final AddressPolicy publicOnly = new AddressPolicy(List.of());

  @Test
  void oneRefusedAddressRefusesTheWholeName() {
    VettedResolver resolver =
        new VettedResolver(
            publicOnly,
            host ->
                new InetAddress[] {
                  InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")
                });

    assertThatThrownBy(() -> resolver.resolve("mixed.example"))
        .isInstanceOf(AddressRefusedException.class)
        .hasMessage(
            "The host mixed.example is a private address, which may not be reached from here");
  }

  @Test
  void aNameWithoutAddressesIsUnknown() {
    VettedResolver resolver = new VettedResolver(publicOnly, host -> new InetAddress[0]);

    assertThatThrownBy(() -> resolver.resolve("nowhere.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void vettedAddressesAreWhatTheLookupGave() throws Exception {
    InetAddress address = InetAddress.ofLiteral("8.8.4.4");
    VettedResolver resolver = new VettedResolver(publicOnly, host -> new InetAddress[] {address});

    assertThat(resolver.resolve("dns.example")).containsExactly(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "127.0.0.01",
        "010.1.2.3",
        "1.2.3.4.5",
        "0",
        "example.0x7f",
        "example.1"
      })
  void aNumberThatParsersReadDifferentlyIsRefusedUnasked(String host) {
    AtomicInteger lookups = new AtomicInteger();
    VettedResolver resolver =
        new VettedResolver(
            publicOnly,
            name -> {
              lookups.incrementAndGet();
              return new InetAddress[] {InetAddress.ofLiteral("8.8.8.8")};
            });

    assertThatThrownBy(() -> resolver.resolve(host))
        .isInstanceOfSatisfying(
            AddressRefusedException.class,
            refused ->
                assertThat(refused.kind()).isEqualTo("an IPv4 address in an unusual notation"));
    assertThat(lookups).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fe80::1%1", "[fe80::1%25eth0]", "2606:4700::1111%2", "example.com%00"})
  void aZoneIsRefused(String host) {
    VettedResolver resolver = new VettedResolver(publicOnly);

    assertThatThrownBy(() -> resolver.resolve(host))
        .isInstanceOfSatisfying(
            AddressRefusedException.class,
            refused -> assertThat(refused.kind()).isEqualTo("an address with a zone"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "0.0.0.0",
        "1e100.net",
        "4.example.com",
        "0x.example",
        "[::1]",
        "::ffff:8.8.8.8",
        "a."
      })
  void usualNamesAndAddressesAreLookedUp(String host) throws Exception {
    VettedResolver resolver =
        new VettedResolver(
            publicOnly, name -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8")});

    assertThat(resolver.resolve(host)).hasSize(1);
  }
}
