package dev.anton.gateway.routing;

import dev.anton.api.body.BufferedRequest;
import dev.anton.api.problem.Problem;
import dev.anton.api.problem.ProblemResponder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a request's body to its end before anything is passed on, so that a service never sees the
 * beginning of a body that turns out too large or breaks off.
 *
 * <p>What all requests together hold is bounded: one that does not fit is refused at once, with
 * 503, rather than made to wait among slow ones.
 */
final class WholeBodyFilter extends OncePerRequestFilter {

  private static final int UNIT = 1 << 10;

  private final int unitsOfUnknownLength;
  private final Semaphore units;
  private final ProblemResponder responder;

  /**
   * @param maxBody the largest single body; the body limit sees to it
   * @param maxBuffered what all bodies together may hold
   */
  WholeBodyFilter(DataSize maxBody, DataSize maxBuffered, ProblemResponder responder) {
    this.unitsOfUnknownLength = units(maxBody.toBytes());
    this.units = new Semaphore(Math.max(unitsOfUnknownLength, units(maxBuffered.toBytes())));
    this.responder = responder;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int needed = unitsNeeded(request);
    if (!units.tryAcquire(needed)) {
      responder.respond(
          request,
          response,
          Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "overloaded",
              "The gateway holds as many request bodies as it can; try again in a few seconds"));
      return;
    }
    try {
      byte[] body = request.getInputStream().readAllBytes();
      chain.doFilter(new BufferedRequest(request, body), response);
    } finally {
      units.release(needed);
    }
  }

  private int unitsNeeded(HttpServletRequest request) {
    if (request.getContentLengthLong() >= 0) {
      return units(request.getContentLengthLong());
    }
    return request.getHeader("Transfer-Encoding") == null ? 0 : unitsOfUnknownLength;
  }

  private static int units(long bytes) {
    return Math.toIntExact((bytes + UNIT - 1) / UNIT);
  }
}
