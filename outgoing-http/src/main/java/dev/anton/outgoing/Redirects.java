package dev.anton.outgoing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which answers lead elsewhere, and what may be taken along. */
final class Redirects {

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** What says nothing about who asks; anything else may be a credential of the first host. */
  private static final Set<String> SHARED = Set.of("accept", "accept-language", "user-agent");

  private Redirects() {}

  /**
   * Where an answer leads.
   *
   * @return null if it is final: no redirect, or one of a request that does more than read
   * @throws IOException if it leads to no address that could be asked
   */
  static @Nullable URI target(OutgoingRequest request, OutgoingResponse response)
      throws IOException {
    Optional<String> location = response.header("location");
    if (!STATUSES.contains(response.status())
        || !METHODS.contains(request.method())
        || location.isEmpty()) {
      return null;
    }
    URI target;
    try {
      target = request.url().resolve(new URI(location.get()));
    } catch (URISyntaxException e) {
      throw new IOException("The answer redirects to something that is no URL", e);
    }
    String scheme = scheme(target);
    boolean downgrade = scheme(request.url()).equals("https") && !scheme.equals("https");
    if (target.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IOException("The answer redirects to something other than HTTP");
    }
    if (downgrade || target.getRawUserInfo() != null) {
      throw new IOException("The answer redirects to an address that is not safe to follow");
    }
    return target;
  }

  /** The same request to another address; headers stay behind when the origin changes. */
  static OutgoingRequest follow(OutgoingRequest request, URI target) {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    if (!origin(request.url()).equals(origin(target))) {
      headers.keySet().removeIf(name -> !SHARED.contains(name.toLowerCase(Locale.ROOT)));
    }
    return new OutgoingRequest(request.method(), target, headers, null, request.bounds());
  }

  private static String origin(URI url) {
    int port = url.getPort() >= 0 ? url.getPort() : scheme(url).equals("https") ? 443 : 80;
    return scheme(url) + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }
}
