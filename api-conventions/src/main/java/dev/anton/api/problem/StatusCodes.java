package dev.anton.api.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The code of a problem of which nothing but the status is known. */
final class StatusCodes {

  private StatusCodes() {}

  static String code(HttpStatus status) {
    return switch (status) {
      case SERVICE_UNAVAILABLE -> "unavailable";
      case INTERNAL_SERVER_ERROR -> "internal-error";
      default -> status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }
}
