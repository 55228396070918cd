package dev.anton.egress;

import java.io.IOException;

/** A host stands for an address that outgoing HTTP may not reach. */
public final class AddressRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String kind;

  AddressRefusedException(String host, String kind) {
    super("The host " + host + " is " + kind + ", which may not be reached from here");
    this.kind = kind;
  }

  /** What the address is, such as "a loopback address". */
  public String kind() {
    return kind;
  }
}
