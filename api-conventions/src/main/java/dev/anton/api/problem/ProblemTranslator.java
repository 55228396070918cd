package dev.anton.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Decides what each exception means to a client. */
final class ProblemTranslator {

  private final RequestBodyProblems bodies;
  private final List<ProblemSource> sources;

  /**
   * @param sources asked in turn before anything else
   */
  ProblemTranslator(RequestBodyProblems bodies, List<ProblemSource> sources) {
    this.bodies = bodies;
    this.sources = List.copyOf(sources);
  }

  Translation translate(Throwable failure, HttpServletRequest request) {
    ProblemException problem = Causes.find(failure, ProblemException.class);
    if (problem != null) {
      return Translation.of(problem.status(), problem.code(), problem.detail(), problem.errors());
    }
    return sources.stream()
        .map(source -> source.problemOf(failure))
        .filter(Objects::nonNull)
        .findFirst()
        .map(known -> new Translation(known, HttpHeaders.EMPTY, false))
        .orElseGet(() -> translateFrameworks(failure, request));
  }

  private Translation translateFrameworks(Throwable failure, HttpServletRequest request) {
    return switch (failure) {
      case HttpMessageNotReadableException unreadable -> unreadableBody(unreadable);
      case MethodArgumentNotValidException invalid -> ValidationProblems.ofBody(invalid);
      case HandlerMethodValidationException invalid when !invalid.isForReturnValue() ->
          ValidationProblems.ofArguments(invalid);
      case MethodArgumentTypeMismatchException mismatch ->
          parameter(mismatch.getName(), mismatch.getRequiredType());
      case TypeMismatchException mismatch ->
          parameter(
              Objects.requireNonNullElse(mismatch.getPropertyName(), "parameter"),
              mismatch.getRequiredType());
      case MissingServletRequestParameterException missing ->
          missing(missing.getParameterName(), "The query parameter ");
      case MissingRequestHeaderException missing -> missing(missing.getHeaderName(), "The header ");
      case MissingRequestValueException missing ->
          Translation.of(HttpStatus.BAD_REQUEST, "missing-parameter", "A parameter is missing");
      case HttpRequestMethodNotSupportedException method -> methodNotAllowed(method, request);
      case HttpMediaTypeNotSupportedException media -> unsupportedMediaType(media);
      case NoResourceFoundException missing -> noSuchPath(request);
      case NoHandlerFoundException missing -> noSuchPath(request);
      case AsyncRequestTimeoutException timeout ->
          Translation.of(
              HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "The answer took too long; try again");
      case ErrorResponse response -> errorResponse(response, request);
      default -> Translation.internalError();
    };
  }

  private Translation unreadableBody(HttpMessageNotReadableException unreadable) {
    JacksonException json = Causes.find(unreadable, JacksonException.class);
    if (json != null) {
      return bodies.translate(json);
    }
    return Translation.of(
        HttpStatus.BAD_REQUEST,
        "missing-body",
        "The request needs a JSON body, with Content-Type: application/json");
  }

  private static Translation parameter(String name, @Nullable Class<?> type) {
    String accepted = type == null ? "of another type" : Accepted.forParameter(type);
    return Translation.badInput(
        "invalid-parameter", new FieldError(name, name + " is " + accepted));
  }

  private static Translation missing(String name, String kind) {
    return Translation.badInput(
        "missing-parameter", new FieldError(name, kind + name + " is required"));
  }

  private static Translation methodNotAllowed(
      HttpRequestMethodNotSupportedException method, HttpServletRequest request) {
    String[] supported = method.getSupportedMethods();
    String allowed =
        supported == null
            ? ""
            : Arrays.stream(supported).sorted().collect(Collectors.joining(", "));
    return Translation.of(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method-not-allowed",
            request.getRequestURI() + " takes " + (allowed.isEmpty() ? "other methods" : allowed))
        .with(method.getHeaders());
  }

  private static Translation unsupportedMediaType(HttpMediaTypeNotSupportedException media) {
    String accepted =
        media.getSupportedMediaTypes().stream()
            .filter(type -> !type.isWildcardSubtype())
            .map(MediaType::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return Translation.of(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Send the body with Content-Type: "
                + (accepted.isEmpty() ? MediaType.APPLICATION_JSON_VALUE : accepted))
        .with(media.getHeaders());
  }

  private static Translation noSuchPath(HttpServletRequest request) {
    return Translation.of(
        HttpStatus.NOT_FOUND,
        "not-found",
        "There is nothing at " + request.getMethod() + " " + request.getRequestURI());
  }

  /** Whatever else the framework already knows the status of. */
  private static Translation errorResponse(ErrorResponse response, HttpServletRequest request) {
    HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
    if (status == null || status == HttpStatus.INTERNAL_SERVER_ERROR) {
      return Translation.internalError();
    }
    if (status == HttpStatus.NOT_FOUND) {
      return noSuchPath(request);
    }
    String detail = response.getBody().getDetail();
    return Translation.of(
            status, StatusCodes.code(status), detail == null ? status.getReasonPhrase() : detail)
        .with(response.getHeaders());
  }
}
