package dev.anton.gateway.routing;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerResponse;

/** A link that names a service's own address becomes one that holds at the gateway. */
final class RelativeLocations implements ResponseHttpHeadersFilter {

  private static final List<String> LINKS =
      List.of(HttpHeaders.LOCATION, HttpHeaders.CONTENT_LOCATION);

  private final List<String> origins;

  RelativeLocations(ServiceUrls urls) {
    this.origins =
        Arrays.stream(Service.values()).map(urls::of).map(RelativeLocations::origin).toList();
  }

  @Override
  public HttpHeaders apply(HttpHeaders incoming, ServerResponse response) {
    HttpHeaders headers = new HttpHeaders();
    incoming.forEach((name, values) -> headers.addAll(name, List.copyOf(values)));
    for (String link : LINKS) {
      String target = headers.getFirst(link);
      if (target != null) {
        headers.set(link, relative(target));
      }
    }
    return headers;
  }

  private String relative(String target) {
    for (String origin : origins) {
      if (target.startsWith(origin + "/")) {
        return target.substring(origin.length());
      }
    }
    return target;
  }

  private static String origin(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
