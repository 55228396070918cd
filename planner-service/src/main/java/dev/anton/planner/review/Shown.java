package dev.anton.planner.review;

/** Text of a plan as a finding may repeat it: on one line, and not long. */
final class Shown {

  private static final int MAX = 80;

  private Shown() {}

  static String of(String text) {
    return of(text, MAX);
  }

  /**
   * @param max characters (code points) that are kept
   */
  static String of(String text, int max) {
    String visible = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
    return visible.codePointCount(0, visible.length()) > max
        ? visible.substring(0, visible.offsetByCodePoints(0, max)) + "…"
        : visible;
  }
}
