package dev.anton.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Resolves names to the addresses that may be reached, so that what was checked is what is
 * connected to. It blocks while the system resolves: callers run it off their event loops and bound
 * it.
 */
public final class VettedResolver {

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
   * private addresses is an attempt to get through by chance.
   *
   * @param host a name or a literal address
   * @throws AddressRefusedException if an address may not be reached
   * @throws UnknownHostException if there is none
   */
  public List<InetAddress> resolve(String host)
      throws AddressRefusedException, UnknownHostException {
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
