package dev.anton.dispatcher.matching;

import java.util.ArrayList;
import java.util.List;

/** The three forms in which a subscription names events: exactly, {@code prefix.*}, {@code *}. */
public final class EventPattern {

  static final String ALL = "*";
  private static final String ANY_BELOW = ".*";

  private EventPattern() {}

  static boolean isPrefix(String pattern) {
    return pattern.endsWith(ANY_BELOW);
  }

  /** {@code plan} of {@code plan.*}. */
  static String prefixOf(String pattern) {
    return pattern.substring(0, pattern.length() - ANY_BELOW.length());
  }

  public static boolean matches(String pattern, String type) {
    if (pattern.equals(ALL)) {
      return true;
    }
    return isPrefix(pattern)
        // Up to and with the dot: plan.* is not for planet.discovered.
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(type);
  }

  /**
   * The patterns without those that another one covers, so that a type is matched by at most one.
   */
  static List<String> disjoint(List<String> patterns) {
    List<String> widest = new ArrayList<>();
    for (String pattern : patterns) {
      boolean covered =
          patterns.stream().anyMatch(other -> !other.equals(pattern) && matches(other, pattern));
      if (!covered && !widest.contains(pattern)) {
        widest.add(pattern);
      }
    }
    return widest;
  }
}
