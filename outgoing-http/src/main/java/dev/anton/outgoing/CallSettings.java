package dev.anton.outgoing;

import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator lets calls do, read from a runner's or plugin's settings: {@code
 * allowed-networks} (CIDR blocks, comma-separated), {@code https-only}, {@code max-response-bytes},
 * and secrets: {@code secret.<name>} with {@code secret.<name>.hosts}, the only hosts that it is
 * sent to.
 *
 * @param resolver which addresses may be reached
 * @param maxResponseBytes of one answer's body
 * @param settings where secrets are found
 */
public record CallSettings(
    VettedResolver resolver,
    boolean httpsOnly,
    int maxResponseBytes,
    Map<String, String> settings) {

  /** A plugin's output has 1 MiB as JSON at most; a text grows when it is escaped. */
  private static final int DEFAULT_RESPONSE_BYTES = 512 << 10;

  private static final int MOST_RESPONSE_BYTES = 64 << 20;

  /**
   * @throws IllegalArgumentException if a setting cannot be read; the message names it
   */
  public static CallSettings of(Map<String, String> settings) {
    return new CallSettings(
        new VettedResolver(
            new AddressPolicy(list(settings.getOrDefault("allowed-networks", "")).toList())),
        Boolean.parseBoolean(settings.getOrDefault("https-only", "false").strip()),
        responseBytes(settings.get("max-response-bytes")),
        Map.copyOf(settings));
  }

  /**
   * A secret's value for a host.
   *
   * @throws IllegalCallException if there is no such secret, or it is not for this host
   */
  String secret(String name, String host) throws IllegalCallException {
    String value = settings.get("secret." + name);
    if (value == null) {
      throw new IllegalCallException("The operator has set no secret called " + name);
    }
    List<String> hosts = list(settings.getOrDefault("secret." + name + ".hosts", "")).toList();
    if (hosts.stream().noneMatch(allowed -> allowed.equalsIgnoreCase(host))) {
      throw new IllegalCallException(
          "The secret " + name + " is not to be sent to " + host.toLowerCase(Locale.ROOT));
    }
    return value;
  }

  private static int responseBytes(@Nullable String text) {
    if (text == null) {
      return DEFAULT_RESPONSE_BYTES;
    }
    try {
      int bytes = Integer.parseInt(text.strip());
      if (bytes >= 1 && bytes <= MOST_RESPONSE_BYTES) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "max-response-bytes is a number from 1 to " + MOST_RESPONSE_BYTES + ", not " + text);
  }

  private static Stream<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }
}
