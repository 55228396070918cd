package dev.anton.dispatcher.subscription;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.anton.dispatcher.body.BodyReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a subscription may send along. */
final class HeaderRules {

  private static final String FIELD = "headers";
  private static final String INVALID = "invalid-header";

  private static final int MAX_COUNT = 50;

  /** What common servers accept for all headers together. */
  private static final int MAX_BYTES = 8 * 1024;

  /** RFC 9110's token. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /** Printable ASCII and tab: no line break can end the header, and every server reads it alike. */
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /** Hop-by-hop (RFC 9110, 7.6.1), framing and routing: the connection's own business. */
  private static final Set<String> CONNECTION =
      Set.of(
          "connection",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private static final Set<String> OURS = Set.of("traceparent", "tracestate");

  private static final List<String> OUR_PREFIXES =
      List.of("webhook-", "x-anton-", "content-", "ce-", "proxy-");

  private HeaderRules() {}

  /** The field {@code headers}, empty if absent or refused. */
  static Map<String, String> read(BodyReader body) {
    Map<String, String> headers = body.textMap(FIELD);
    if (headers == null) {
      return Map.of();
    }
    if (headers.size() > MAX_COUNT || bytes(headers) > MAX_BYTES) {
      body.refuse(
          INVALID,
          FIELD,
          "headers has at most " + MAX_COUNT + " entries and " + MAX_BYTES + " bytes in all");
      return Map.of();
    }
    Set<String> seen = new HashSet<>();
    headers.forEach((name, value) -> check(body, name, value, seen));
    return headers;
  }

  private static void check(BodyReader body, String name, String value, Set<String> seen) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      body.refuse(
          INVALID,
          FIELD,
          name,
          "A header's name has letters, digits and dashes, such as Authorization");
    } else if (!seen.add(lower)) {
      body.refuse(
          INVALID, FIELD, name, "A header is given once; upper and lower case are the same");
    } else if (CONNECTION.contains(lower)) {
      body.refuse(INVALID, FIELD, name, "This header belongs to the connection and cannot be set");
    } else if (OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith)) {
      body.refuse(
          INVALID,
          FIELD,
          name,
          "This header is set by every delivery itself; choose a name that does not begin with "
              + String.join(", ", OUR_PREFIXES)
              + " or trace");
    }
    if (!VALUE.matcher(value).matches()) {
      body.refuse(
          INVALID,
          FIELD,
          name,
          "A header's value has printable ASCII characters and no line break");
    }
  }

  /** As they are sent: name, colon, space, value and a line break. */
  private static int bytes(Map<String, String> headers) {
    return headers.entrySet().stream()
        .mapToInt(
            header ->
                header.getKey().getBytes(US_ASCII).length
                    + header.getValue().getBytes(US_ASCII).length
                    + 4)
        .sum();
  }
}
