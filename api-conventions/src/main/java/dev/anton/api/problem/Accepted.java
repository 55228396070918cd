package dev.anton.api.problem;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/** Says in a client's words what a type accepts. */
final class Accepted {

  private static final Set<Class<?>> WHOLE =
      Set.of(Integer.class, Long.class, Short.class, Byte.class, BigInteger.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(Double.class, Float.class, BigDecimal.class, Number.class);

  private Accepted() {}

  /** For a value in a JSON body; enums are not known here. */
  static String inJson(Class<?> type) {
    Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
    if (CharSequence.class.isAssignableFrom(boxed) || boxed == java.net.URI.class) {
      return "a string";
    }
    if (WHOLE.contains(boxed)) {
      return "a whole number within " + range(boxed);
    }
    if (NUMBERS.contains(boxed)) {
      return "a number";
    }
    if (boxed == Boolean.class) {
      return "true or false";
    }
    if (boxed == Instant.class || boxed == OffsetDateTime.class) {
      return "an ISO-8601 time with an offset, such as 2026-01-31T09:30:00.000Z";
    }
    if (Collection.class.isAssignableFrom(boxed) || boxed.isArray()) {
      return "an array";
    }
    return "an object";
  }

  /** For a query parameter, a path variable or a header. */
  static String forParameter(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return inJson(type);
  }

  private static String range(Class<?> whole) {
    return switch (whole.getSimpleName()) {
      case "Long" -> "64 bits";
      case "Short" -> "16 bits";
      case "Byte" -> "8 bits";
      case "BigInteger" -> "any bounds";
      default -> "32 bits";
    };
  }
}
