package dev.anton.dispatcher.reading;

import dev.anton.api.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a delivery is. */
public enum DeliveryStatus {
  PENDING,
  DELIVERED,
  RETRYING,
  DEAD,
  SKIPPED;

  /**
   * @return null for null
   * @throws ProblemException if there is no such status
   */
  public static @Nullable DeliveryStatus parse(@Nullable String name) {
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

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
