package dev.anton.planner.session;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C trace context that a session and all that follows from it belong to. */
final class Traceparent {

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private static final SecureRandom RANDOM = new SecureRandom();

  private Traceparent() {}

  /** The client's own if it is well-formed, else a new one. */
  static String of(@Nullable String header) {
    return header != null && FORM.matcher(header).matches()
        ? header
        : "00-%s-%s-01".formatted(hex(16), hex(8));
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    random[0] |= 1; // all zeros is no valid id
    return HexFormat.of().formatHex(random);
  }
}
