package dev.anton.egress;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether outgoing HTTP may reach an address. Everything that is not public unicast is
 * refused, in every notation that carries an IPv4 address inside an IPv6 one; the allow-list opens
 * single networks. It fails closed: an address of an unknown kind is refused.
 *
 * <p>The ranges are those of the IANA special-purpose address registries (RFC 6890 and its
 * updates).
 */
public final class AddressPolicy {

  private static final List<Range> REFUSED =
      Stream.of(
              range("0.0.0.0/8", "an unspecified address"),
              range("10.0.0.0/8", "a private address"),
              range("100.64.0.0/10", "a carrier-grade NAT address"),
              range("127.0.0.0/8", "a loopback address"),
              // Public by its number; inside Azure the platform's own services answer there.
              range("168.63.129.16/32", "a cloud platform's internal address"),
              range("169.254.0.0/16", "a link-local address"),
              range("172.16.0.0/12", "a private address"),
              range("192.0.0.0/24", "a reserved address"),
              range("192.0.2.0/24", "a documentation address"),
              range("192.88.99.0/24", "a reserved address"),
              range("192.168.0.0/16", "a private address"),
              range("198.18.0.0/15", "a benchmarking address"),
              range("198.51.100.0/24", "a documentation address"),
              range("203.0.113.0/24", "a documentation address"),
              range("224.0.0.0/4", "a multicast address"),
              range("240.0.0.0/4", "a reserved address"),
              range("::/128", "an unspecified address"),
              range("::1/128", "a loopback address"),
              range("64:ff9b:1::/48", "a local-use NAT64 address"),
              range("100::/64", "a discard address"),
              range("2001::/23", "a reserved address"),
              range("2001:db8::/32", "a documentation address"),
              range("3fff::/20", "a documentation address"),
              range("5f00::/16", "a segment-routing address"),
              range("fc00::/7", "a unique local address"),
              range("fe80::/10", "a link-local address"),
              range("fec0::/10", "a site-local address"),
              range("ff00::/8", "a multicast address"))
          .toList();

  /** Global unicast: whatever IPv6 address lies outside of it is refused. */
  private static final IPAddress GLOBAL_UNICAST = parse("2000::/3");

  private static final IPAddress NAT64 = parse("64:ff9b::/96");
  private static final IPAddress SIX_TO_FOUR = parse("2002::/16");
  private static final IPAddress MAPPED = parse("::ffff:0:0/96");
  private static final IPAddress TRANSLATED = parse("::ffff:0:0:0/96");
  private static final IPAddress COMPATIBLE = parse("::/96");

  private final List<IPAddress> allowed;

  /**
   * A policy with exceptions.
   *
   * @param allowedNetworks CIDR blocks such as {@code 127.0.0.0/8} that may be reached all the same
   * @throws IllegalArgumentException if one is no CIDR block
   */
  public AddressPolicy(List<String> allowedNetworks) {
    this.allowed = allowedNetworks.stream().map(AddressPolicy::parse).toList();
  }

  /**
   * Why an address may not be reached.
   *
   * @return what kind of address it is, such as "a loopback address"; empty if it may be reached
   */
  public Optional<String> refusal(InetAddress address) {
    IPAddress parsed = new inet.ipaddr.IPAddressNetwork.IPAddressGenerator().from(address);
    if (contains(allowed, parsed)) {
      return Optional.empty();
    }
    if (parsed.isIPv6()) {
      IPv6Address v6 = parsed.toIPv6();
      IPv4Address embedded = embedded(v6);
      if (embedded != null) {
        return contains(allowed, embedded) ? Optional.empty() : special(embedded);
      }
      Optional<String> special = special(v6);
      return special.isPresent() || GLOBAL_UNICAST.contains(v6)
          ? special
          : Optional.of("an address outside of the public internet");
    }
    return special(parsed);
  }

  /** Whether an address may be reached. */
  public boolean permits(InetAddress address) {
    return refusal(address).isEmpty();
  }

  private static Optional<String> special(IPAddress address) {
    for (Range range : REFUSED) {
      if (range.network().contains(address)) {
        return Optional.of(range.kind());
      }
    }
    return Optional.empty();
  }

  /**
   * The IPv4 address that an IPv6 one stands for, null if it stands for itself. Where it lies in a
   * local-use NAT64 address is up to the network (RFC 8215): there is nothing to vet, and the whole
   * range is refused. So is Teredo's (RFC 4380), with all of 2001::/23.
   */
  private static @Nullable IPv4Address embedded(IPv6Address address) {
    if (SIX_TO_FOUR.contains(address)) {
      return address.get6To4IPv4Address();
    }
    boolean unspecifiedOrLoopback = address.isZero() || address.isLoopback();
    if (MAPPED.contains(address)
        || TRANSLATED.contains(address)
        || NAT64.contains(address)
        || isIsatap(address)
        || (COMPATIBLE.contains(address) && !unspecifiedOrLoopback)) {
      return address.getEmbeddedIPv4Address();
    }
    return null;
  }

  /** RFC 5214, 6.1: the interface identifier is 5efe and the address, its u bit set or not. */
  private static boolean isIsatap(IPv6Address address) {
    return (address.getSegment(4).getSegmentValue() & ~0x0200) == 0
        && address.getSegment(5).getSegmentValue() == 0x5efe;
  }

  private static boolean contains(List<IPAddress> networks, IPAddress address) {
    for (IPAddress network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static Range range(String cidr, String kind) {
    return new Range(parse(cidr), kind);
  }

  private static IPAddress parse(String cidr) {
    IPAddress network = new IPAddressString(cidr).getAddress();
    if (network == null || cidr.isBlank()) {
      throw new IllegalArgumentException(
          "'" + cidr + "' is no network; write it as an address and a prefix, as in 10.0.0.0/8");
    }
    return network.toPrefixBlock();
  }

  private record Range(IPAddress network, String kind) {}
}
