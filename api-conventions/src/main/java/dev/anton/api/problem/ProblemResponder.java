package dev.anton.api.problem;

import dev.anton.schemas.id.Ids;
import dev.anton.schemas.json.WireJson;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers a request with a problem. The one place where an exception becomes an answer and, if it
 * is ours to repair, a log line.
 */
public final class ProblemResponder {

  private static final Logger log = LoggerFactory.getLogger(ProblemResponder.class);

  /** Most outages here end with a restart or a failover, which take a few seconds. */
  private static final String RETRY_AFTER_SECONDS = "5";

  private final ProblemTranslator translator;

  ProblemResponder(ProblemTranslator translator) {
    this.translator = translator;
  }

  /**
   * Answers with what the exception means to the client. Does nothing if the client has gone or the
   * answer has already begun.
   */
  public void respond(HttpServletRequest request, HttpServletResponse response, Throwable failure)
      throws IOException {
    if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      log.debug("Client left {} {}", request.getMethod(), path(request));
      return;
    }
    Translation translation = translator.translate(failure, request);
    Problem problem = translation.problem();
    if (translation.internal()) {
      problem = problem.withReference(Ids.next("err_"));
      log.error(
          "Internal error {} at {} {}",
          problem.reference(),
          request.getMethod(),
          path(request),
          failure);
    } else if (problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
      log.warn(
          "{} at {} {}: {}",
          problem.code(),
          request.getMethod(),
          path(request),
          failure.toString());
    }
    respond(request, response, problem, translation.headers());
  }

  /** Answers with the problem. Does nothing if the answer has already begun. */
  public void respond(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    respond(request, response, problem, HttpHeaders.EMPTY);
  }

  private static void respond(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      HttpHeaders headers)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = WireJson.write(problem.withInstance(path(request)));
    response.resetBuffer();
    response.setStatus(problem.status());
    headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()
        && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  /** In an error dispatch the request's own path is that of the error page. */
  static String path(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
        ? original
        : request.getRequestURI();
  }
}
