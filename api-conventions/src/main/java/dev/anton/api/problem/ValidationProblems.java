package dev.anton.api.problem;

import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What bean validation found. */
final class ValidationProblems {

  private ValidationProblems() {}

  static Translation ofBody(MethodArgumentNotValidException invalid) {
    return problem(
        invalid.getBindingResult().getAllErrors().stream()
            .map(ValidationProblems::bodyError)
            .toList());
  }

  static Translation ofArguments(HandlerMethodValidationException invalid) {
    return problem(
        invalid.getParameterValidationResults().stream()
            .flatMap(ValidationProblems::argumentErrors)
            .toList());
  }

  private static java.util.stream.Stream<FieldError> argumentErrors(
      ParameterValidationResult result) {
    if (result instanceof ParameterErrors body) {
      return body.getAllErrors().stream().map(ValidationProblems::bodyError);
    }
    String name =
        Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "parameter");
    return result.getResolvableErrors().stream()
        .map(error -> new FieldError(name, sentence(name, error.getDefaultMessage())));
  }

  private static FieldError bodyError(ObjectError error) {
    if (error instanceof org.springframework.validation.FieldError field) {
      return new FieldError(
          JsonPointers.ofBeanPath(field.getField()),
          sentence(field.getField(), field.getDefaultMessage()));
    }
    return new FieldError("", sentence("The body", error.getDefaultMessage()));
  }

  private static Translation problem(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().detail()
            : errors.size() + " values are not accepted";
    return Translation.of(HttpStatus.BAD_REQUEST, "invalid-body", detail, errors);
  }

  private static String sentence(String name, @org.jspecify.annotations.Nullable String message) {
    return name + " " + (message == null ? "is not accepted" : message);
  }
}
