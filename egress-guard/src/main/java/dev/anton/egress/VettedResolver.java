package dev.anton.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Resolves names to the addresses that may be reached, so that what was checked is what is
 * connected to. It blocks while the system resolves: callers run it off their event loops and bound
 * it.
 */
public final class VettedResolver {

  /**
   * A host whose last part is a number is read as an IPv4 address (WHATWG URL, "ends in a number").
   */
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private static final Pattern DOTTED_DECIMAL =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  private final AddressPolicy policy;
  private final Lookup lookup;

  public VettedResolver(AddressPolicy policy) {
    this(policy, InetAddress::getAllByName);
  }

  /** With another source of addresses than the system's resolver. */
  public VettedResolver(AddressPolicy policy, Lookup lookup) {
    this.policy = policy;
    this.lookup = lookup;
  }

  /**
   * All addresses of a host. One refused address refuses the host: a name that mixes public and
   * private addresses is an attempt to get through by chance. So are spellings that parsers read
   * differently: {@code 0177.0.0.1} is 127.0.0.1 to one and 177.0.0.1 to another, and a zone is
   * nothing to one and an interface to another.
   *
   * @param host a name or a literal address, an IPv6 one with or without its brackets
   * @throws AddressRefusedException if an address may not be reached, or is not in its usual
   *     notation
   * @throws UnknownHostException if there is none
   */
  public List<InetAddress> resolve(String host)
      throws AddressRefusedException, UnknownHostException {
    if (host.indexOf(':') < 0
        && ENDS_IN_NUMBER.matcher(host).matches()
        && !DOTTED_DECIMAL.matcher(host).matches()) {
      throw new AddressRefusedException(host, "an IPv4 address in an unusual notation");
    }
    if (host.indexOf('%') >= 0) {
      throw new AddressRefusedException(host, "an address with a zone");
    }
    InetAddress[] addresses = lookup.addresses(host);
    if (addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : addresses) {
      var refusal = policy.refusal(address);
      if (refusal.isPresent()) {
        throw new AddressRefusedException(host, refusal.get());
      }
    }
    return Arrays.asList(addresses.clone());
  }

  /** Where the addresses of a name come from. */
  @FunctionalInterface
  public interface Lookup {

    InetAddress[] addresses(String host) throws UnknownHostException;
  }
}
