package dev.anton.planner.project;

/** Text that stays text in Markdown: on one line, in a cell of a table as well as anywhere. */
final class MarkdownText {

  private MarkdownText() {}

  static String of(String text) {
    StringBuilder escaped = new StringBuilder();
    text.replaceAll("\\R", " ").strip().codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int codePoint) {
    switch (codePoint) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '\\', '`', '*', '_', '[', ']', '|', '~', '#', '!', '$' ->
          escaped.append('\\').appendCodePoint(codePoint);
      default -> escaped.append(Invisible.is(codePoint) ? "\uFFFD" : Character.toString(codePoint));
    }
  }
}
