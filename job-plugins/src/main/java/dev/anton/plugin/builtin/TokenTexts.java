package dev.anton.plugin.builtin;

import dev.anton.plugin.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSONata's functions do with texts that are looked for as they are, within a budget. */
final class TokenTexts {

  /** A scan for one character goes through at least so many in the time of one comparison. */
  private static final int SCANNED_AT_ONCE = 16;

  private final EvaluationBudget budget;

  TokenTexts(EvaluationBudget budget) {
    this.budget = budget;
  }

  boolean contains(String text, String token) {
    return find(text, token, 0) >= 0;
  }

  /** The whole text if the token is not in it, as for {@link #after}. */
  String before(String text, String token) {
    int found = find(text, token, 0);
    return found < 0 ? text : text.substring(0, found);
  }

  String after(String text, String token) {
    int found = find(text, token, 0);
    return found < 0 ? text : text.substring(found + token.length());
  }

  /** By an empty token into its characters. */
  List<String> split(String text, String token, int limit) {
    List<String> parts = new ArrayList<>();
    if (token.isEmpty()) {
      for (int at = 0; at < text.length() && parts.size() < limit; at++) {
        budget.fits(parts.size());
        parts.add(String.valueOf(text.charAt(at)));
      }
      return parts;
    }
    int from = 0;
    while (parts.size() < limit) {
      budget.fits(parts.size());
      int found = find(text, token, from);
      if (found < 0) {
        parts.add(text.substring(from));
        return parts;
      }
      parts.add(text.substring(from, found));
      from = found + token.length();
    }
    return parts;
  }

  /** Neither of the texts is anything but itself. */
  String replace(String text, String token, @Nullable Object by, int limit) {
    if (token.isEmpty()) {
      throw PluginException.permanent("The JSONata function $replace replaces no empty text");
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    int found = find(text, token, 0);
    for (int count = 0; found >= 0 && count < limit; count++) {
      result.append(text, from, found);
      result.append(
          by instanceof String literal ? literal : RegexTexts.applied(by, Map.of("match", token)));
      budget.fits(result);
      from = found + token.length();
      found = find(text, token, from);
    }
    return result.append(text, from, text.length()).toString();
  }

  /**
   * To a width in code points, on the left if it is negative. The library copies all that it has
   * for each character that it adds: an hour for a text as long as one may be.
   */
  String pad(String text, long width, String with) {
    budget.text(Math.abs(width));
    long missing = Math.abs(width) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    int[] characters = with.codePoints().toArray();
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < missing; i++) {
      padding.appendCodePoint(characters[i % characters.length]);
    }
    return width < 0 ? padding + text : text + padding;
  }

  /** {@link String#indexOf(String, int)}, which may compare for minutes, in counted steps. */
  private int find(String text, String token, int from) {
    if (token.isEmpty()) {
      return from;
    }
    int last = text.length() - token.length();
    int scanned = from;
    for (int at = text.indexOf(token.charAt(0), from);
        at >= 0 && at <= last;
        at = text.indexOf(token.charAt(0), at + 1)) {
      int same = 1;
      while (same < token.length() && text.charAt(at + same) == token.charAt(same)) {
        same++;
      }
      budget.search(same + (at - scanned) / SCANNED_AT_ONCE);
      scanned = at;
      if (same == token.length()) {
        return at;
      }
    }
    budget.search(1 + (text.length() - scanned) / SCANNED_AT_ONCE);
    return -1;
  }
}
