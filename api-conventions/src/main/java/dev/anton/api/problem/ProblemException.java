package dev.anton.api.problem;

import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * An error that a client is meant to read. It becomes {@code application/problem+json} with the
 * status, the code and the message as {@code detail}.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final String detail;
  private final transient List<FieldError> errors;

  /**
   * @param code stable and lower-case with dashes, such as {@code unknown-event}
   * @param detail one sentence that says what would be accepted
   * @param errors what is wrong where; may be empty
   */
  public ProblemException(HttpStatus status, String code, String detail, List<FieldError> errors) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = List.copyOf(errors);
  }

  /** The input is readable but not acceptable: 422 is not used, bad input is 400. */
  public static ProblemException badInput(String code, String detail, List<FieldError> errors) {
    return new ProblemException(HttpStatus.BAD_REQUEST, code, detail, errors);
  }

  /** Bad input with one error. */
  public static ProblemException badInput(String code, String pointer, String detail) {
    return badInput(code, detail, List.of(new FieldError(pointer, detail)));
  }

  /** There is no such resource, or it belongs to another tenant. */
  public static ProblemException notFound(String what, String id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "not-found", "There is no " + what + " " + id, List.of());
  }

  /** The resource's state does not allow what was asked. */
  public static ProblemException conflict(String code, String detail) {
    return new ProblemException(HttpStatus.CONFLICT, code, detail, List.of());
  }

  /** Something this service needs is away; the client may try again. */
  public static ProblemException unavailable(String code, String detail) {
    return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of());
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public List<FieldError> errors() {
    return errors;
  }
}
