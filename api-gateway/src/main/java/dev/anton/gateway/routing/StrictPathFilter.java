package dev.anton.gateway.routing;

import dev.anton.api.problem.Problem;
import dev.anton.api.problem.ProblemResponder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that the gateway and a service might read differently, such as {@code
 * /api/plans/%2e%2e/%2e%2e/internal}: the gateway decides on a path as it is written, a service
 * after decoding and resolving it. Fails closed: every percent-encoded character that can change a
 * path's structure is refused, wherever it stands.
 */
final class StrictPathFilter extends OncePerRequestFilter {

  /** Dot segments, empty segments, path parameters and backslashes, plain. */
  private static final Pattern STRUCTURE = Pattern.compile("//|;|\\\\|(?:^|/)\\.{1,2}(?:/|$)");

  /**
   * Encoded: controls, percent, dot, slash, semicolon, backslash; and what begins overlong UTF-8.
   */
  private static final Pattern ENCODED =
      Pattern.compile("%(?:[01][0-9a-f]|7f|25|2e|2f|3b|5c|c0|c1)");

  private final ProblemResponder responder;

  StrictPathFilter(ProblemResponder responder) {
    this.responder = responder;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isPlain(request.getRequestURI())) {
      refuse(
          "invalid-path",
          "A path here has no empty or dot segments, no semicolons and no encoded slashes",
          request,
          response);
    } else if (!isEncoded(request.getQueryString())) {
      refuse(
          "invalid-query",
          "The query has characters that need percent-encoding",
          request,
          response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void refuse(
      String code, String detail, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    responder.respond(request, response, Problem.of(HttpStatus.BAD_REQUEST, code, detail));
  }

  private static boolean isEncoded(@Nullable String query) {
    try {
      return query == null || new URI("/?" + query).getRawQuery() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isPlain(String path) {
    return path.startsWith("/")
        && !STRUCTURE.matcher(path).find()
        && !ENCODED.matcher(path.toLowerCase(Locale.ROOT)).find();
  }
}
