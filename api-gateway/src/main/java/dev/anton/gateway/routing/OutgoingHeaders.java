package dev.anton.gateway.routing;

import dev.anton.api.tenant.TenantHeader;
import dev.anton.gateway.security.TenantOfRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * The headers that services believe because the gateway sets them. What a client sends under these
 * names is dropped. Runs last, after hop-by-hop headers were removed.
 */
final class OutgoingHeaders implements RequestHttpHeadersFilter, Ordered {

  /** Ours are for us to set; nothing that a client sends has this prefix. */
  private static final String OWN_PREFIX = "x-anton-";

  private static final String FORWARDED_PREFIX = "x-forwarded-";

  private final TenantOfRequest tenants;

  OutgoingHeaders(TenantOfRequest tenants) {
    this.tenants = tenants;
  }

  @Override
  public HttpHeaders apply(HttpHeaders incoming, ServerRequest serverRequest) {
    HttpServletRequest request = serverRequest.servletRequest();
    HttpHeaders headers = new HttpHeaders();
    incoming.forEach(
        (name, values) -> {
          if (!isOurs(name.toLowerCase(Locale.ROOT))) {
            headers.addAll(name, List.copyOf(values));
          }
        });
    // Spring adds the charset that it would read the body with; the client's own words go on.
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, contentType);
    }
    headers.set(TenantHeader.NAME, tenants.tenantOf(request).id());
    headers.set("X-Forwarded-For", request.getRemoteAddr());
    headers.set("X-Forwarded-Proto", request.getScheme());
    String host = request.getHeader(HttpHeaders.HOST);
    if (host != null) {
      headers.set("X-Forwarded-Host", host);
    }
    return headers;
  }

  private static boolean isOurs(String name) {
    return name.startsWith(OWN_PREFIX)
        || name.startsWith(FORWARDED_PREFIX)
        || name.equals("forwarded")
        || name.equals("x-real-ip");
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
