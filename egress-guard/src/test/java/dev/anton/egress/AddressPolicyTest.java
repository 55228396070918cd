package dev.anton.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private final AddressPolicy publicOnly = new AddressPolicy(List.of());
  private final AddressPolicy local = new AddressPolicy(List.of("127.0.0.0/8", "::1/128"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "2606:4700:4700::1111",
        "2a00:1450:4001:80b::200e",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2606:4700::5efe:8.8.8.8",
        "168.63.129.17"
      })
  void publicAddressesMayBeReached(String address) throws Exception {
    assertThat(publicOnly.refusal(InetAddress.ofLiteral(address))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, a loopback address",
    "127.255.255.254, a loopback address",
    "0.0.0.0, an unspecified address",
    "10.1.2.3, a private address",
    "172.16.0.1, a private address",
    "172.31.255.255, a private address",
    "192.168.1.1, a private address",
    "100.64.0.1, a carrier-grade NAT address",
    "169.254.169.254, a link-local address",
    "224.0.0.1, a multicast address",
    "255.255.255.255, a reserved address",
    "198.18.0.1, a benchmarking address",
    "::1, a loopback address",
    "::, an unspecified address",
    "fe80::1, a link-local address",
    "fec0::1, a site-local address",
    "fc00::1, a unique local address",
    "fd12:3456::1, a unique local address",
    "ff02::1, a multicast address",
    "2001:db8::1, a documentation address",
    "64:ff9b::10.0.0.1, a private address",
    "64:ff9b::127.0.0.1, a loopback address",
    "64:ff9b:1::1, a local-use NAT64 address",
    "64:ff9b:1::808:808, a local-use NAT64 address",
    "168.63.129.16, a cloud platform's internal address",
    "192.0.0.192, a reserved address",
    "fd00:ec2::254, a unique local address",
    "2606:4700::5efe:10.0.0.1, a private address",
    "2606:4700::200:5efe:127.0.0.1, a loopback address",
    "2002:7f00:1::, a loopback address",
    "2002:a00:1::5, a private address",
    "::127.0.0.1, a loopback address",
    "::ffff:0:10.0.0.1, a private address",
    "2001:0:1::1, a reserved address",
    "4000::1, an address outside of the public internet"
  })
  void otherAddressesAreRefusedByTheirKind(String address, String kind) throws Exception {
    assertThat(publicOnly.refusal(InetAddress.ofLiteral(address))).contains(kind);
  }

  @Test
  void aMappedAddressIsTheOneItStandsFor() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    // getByAddress would unwrap it; a resolver that does not must fare the same.
    InetAddress address = java.net.Inet6Address.getByAddress("mapped", mapped, -1);

    assertThat(publicOnly.refusal(address)).contains("a loopback address");
    assertThat(local.refusal(address)).isEmpty();
  }

  @Test
  void theAllowListOpensItsNetworksOnly() throws Exception {
    assertThat(local.permits(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
    assertThat(local.permits(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(local.permits(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
    assertThat(local.permits(InetAddress.ofLiteral("169.254.169.254"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/99", "nonsense"})
  void anAllowListEntryThatIsNoNetworkIsNamed(String entry) {
    assertThatThrownBy(() -> new AddressPolicy(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + entry + "' is no network");
  }
}
