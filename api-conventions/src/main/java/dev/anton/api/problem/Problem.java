package dev.anton.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The body of an error: RFC 9457 with three members of our own.
 *
 * @param type {@code urn:anton:problem:} and the code
 * @param title the code in words; the same for every occurrence
 * @param detail a sentence about this occurrence
 * @param instance the path that was asked for
 * @param code stable; what a program decides by
 * @param errors what is wrong where, for bad input
 * @param reference finds the log line of an internal error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    String code,
    @Nullable List<FieldError> errors,
    @Nullable String reference) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:anton:problem:";

  /**
   * @param errors may be empty; the member is left out then
   */
  public static Problem of(HttpStatus status, String code, String detail, List<FieldError> errors) {
    return new Problem(
        TYPE_PREFIX + code,
        title(code),
        status.value(),
        detail,
        null,
        code,
        errors.isEmpty() ? null : List.copyOf(errors),
        null);
  }

  public static Problem of(HttpStatus status, String code, String detail) {
    return of(status, code, detail, List.of());
  }

  Problem withInstance(String path) {
    return new Problem(type, title, status, detail, path, code, errors, reference);
  }

  Problem withReference(String id) {
    return new Problem(type, title, status, detail, instance, code, errors, id);
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
