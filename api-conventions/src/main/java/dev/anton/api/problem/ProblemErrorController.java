package dev.anton.api.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what failed outside of any handler: in a filter, or in the container. */
@Controller
final class ProblemErrorController implements ErrorController {

  private final ProblemResponder responder;

  ProblemErrorController(ProblemResponder responder) {
    this.responder = responder;
  }

  @RequestMapping("${server.error.path:${error.path:/error}}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
      responder.respond(request, response, failure);
      return;
    }
    HttpStatus status = status(request);
    String detail =
        status == HttpStatus.NOT_FOUND
            ? "There is nothing at " + request.getMethod() + " " + ProblemResponder.path(request)
            : status.getReasonPhrase();
    responder.respond(request, response, Problem.of(status, StatusCodes.code(status), detail));
  }

  /** A client that asks for the error page itself asks for something that is not there. */
  private static HttpStatus status(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code) {
      HttpStatus status = HttpStatus.resolve(code);
      return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }
    return HttpStatus.NOT_FOUND;
  }
}
