package dev.anton.planner.session;

import dev.anton.api.tracing.TraceHeader;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The W3C trace context that a session and all that follows from it belong to. */
final class Traceparent {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Traceparent() {}

  /** The client's own if it is well-formed, else a new one. */
  static String of(@Nullable String header) {
    String own = TraceHeader.checked(header);
    return own == null ? "00-%s-%s-01".formatted(hex(16), hex(8)) : own;
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    random[0] |= 1; // all zeros is no valid id
    return HexFormat.of().formatHex(random);
  }
}
