package dev.anton.planner.model;

import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.OpenAIServiceException;
import dev.anton.planner.model.CallFailedException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** What the providers' libraries throw, in our terms. */
final class ProviderErrors {

  private static final int TOO_MANY_CAUSES = 10;

  /** An HTTP answer that is none of the model's. */
  record Status(int code, @Nullable String retryAfter) {}

  private ProviderErrors() {}

  static Reason reason(Throwable thrown) {
    Optional<Status> status = status(thrown);
    if (status.isPresent()) {
      return reason(status.get().code());
    }
    for (Throwable cause : causes(thrown)) {
      if (cause instanceof HttpTimeoutException
          || cause instanceof TimeoutException
          || cause instanceof InterruptedIOException) {
        return Reason.TIMEOUT;
      }
      if (cause instanceof IOException) {
        return Reason.CONNECTION;
      }
    }
    // An answer that the library could not read: an error where a word should be, say.
    return Reason.INCOMPLETE;
  }

  /** The classes of what was thrown and of its causes, outermost first. */
  static List<String> kinds(Throwable thrown) {
    return causes(thrown).stream().map(cause -> cause.getClass().getName()).toList();
  }

  static Optional<Status> status(Throwable thrown) {
    for (Throwable cause : causes(thrown)) {
      switch (cause) {
        case OpenAIServiceException e -> {
          return Optional.of(
              new Status(e.statusCode(), first(e.headers().values(HttpHeaders.RETRY_AFTER))));
        }
        case AnthropicServiceException e -> {
          return Optional.of(
              new Status(e.statusCode(), first(e.headers().values(HttpHeaders.RETRY_AFTER))));
        }
        case WebClientResponseException e -> {
          return Optional.of(
              new Status(
                  e.getStatusCode().value(), e.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /** {@code Retry-After}, in seconds or as a date (RFC 9110, 10.2.3); null if it is neither. */
  static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    try {
      Duration wait =
          value.strip().matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value.strip()))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 401, 403 -> Reason.UNAUTHORIZED;
      case 408 -> Reason.TIMEOUT;
      case 429 -> Reason.RATE_LIMIT;
      // An error that comes within an answer has the answer's status.
      case 200 -> Reason.INCOMPLETE;
      default -> status >= 500 ? Reason.SERVER_ERROR : Reason.REFUSED_REQUEST;
    };
  }

  private static @Nullable String first(List<String> values) {
    return values.isEmpty() ? null : values.getFirst();
  }

  private static List<Throwable> causes(Throwable thrown) {
    ArrayList<Throwable> causes = new ArrayList<>();
    Throwable at = thrown;
    while (at != null && causes.size() < TOO_MANY_CAUSES) {
      causes.add(at);
      at = at.getCause();
    }
    return causes;
  }
}
