package dev.anton.api.problem;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What an exception means to a client.
 *
 * @param internal whether nobody foresaw it: it is logged with its stack trace, under a reference
 */
record Translation(Problem problem, HttpHeaders headers, boolean internal) {

  static Translation of(HttpStatus status, String code, String detail) {
    return of(status, code, detail, List.of());
  }

  static Translation of(HttpStatus status, String code, String detail, List<FieldError> errors) {
    return new Translation(Problem.of(status, code, detail, errors), HttpHeaders.EMPTY, false);
  }

  static Translation badInput(String code, FieldError error) {
    return of(HttpStatus.BAD_REQUEST, code, error.detail(), List.of(error));
  }

  static Translation internalError() {
    return new Translation(
        Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal-error",
            "Something went wrong on our side; the reference finds it in our log"),
        HttpHeaders.EMPTY,
        true);
  }

  Translation with(HttpHeaders more) {
    return new Translation(problem, more, internal);
  }
}
