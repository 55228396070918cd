package dev.anton.api.problem;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/**
 * Answers what Tomcat refuses before any servlet sees it, such as an illegal character in the path.
 * Public because Tomcat makes it by its name.
 */
public final class ProblemErrorReportValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    Problem problem =
        Problem.of(
            status,
            StatusCodes.code(status),
            status == HttpStatus.BAD_REQUEST
                ? "The request is not valid HTTP"
                : status.getReasonPhrase());
    try {
      response.setContentType(Problem.MEDIA_TYPE);
      response.setCharacterEncoding("utf-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(WireJson.mapper().writeValueAsString(problem));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      container.getLogger().debug("An error could not be reported", e);
    }
  }
}
