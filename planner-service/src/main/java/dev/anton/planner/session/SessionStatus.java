package dev.anton.planner.session;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a session stands. The last three are final. */
enum SessionStatus {
  QUEUED,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  static Optional<SessionStatus> parse(String wire) {
    return Arrays.stream(values()).filter(status -> status.wire().equals(wire)).findFirst();
  }

  @JsonValue
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
