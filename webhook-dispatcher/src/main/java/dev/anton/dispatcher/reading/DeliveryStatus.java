package dev.anton.dispatcher.reading;

import dev.anton.api.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a delivery is. */
enum DeliveryStatus {
  PENDING,
  DELIVERED,
  RETRYING,
  DEAD,
  SKIPPED;

  /**
   * @return null for null
   * @throws ProblemException if there is no such status
   */
  static @Nullable DeliveryStatus parse(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(values())
        .filter(status -> status.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.badInput(
                    "invalid-status",
                    "status",
                    "status is one of "
                        + Arrays.stream(values())
                            .map(DeliveryStatus::wireName)
                            .collect(Collectors.joining(", "))));
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
