package dev.anton.plugin.builtin;

import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a JSONata expression, which is a function there: called with a text it
 * gives the first match. The text counts how often it is looked at, so that an expression that
 * backtracks without end runs into its budget instead of holding a thread for years.
 */
final class BoundedRegex extends JFunction {

  private final Pattern pattern;
  private final EvaluationBudget budget;

  BoundedRegex(Pattern pattern, EvaluationBudget budget) {
    super((input, arguments) -> first(pattern, budget, arguments), "<s-:o>");
    this.pattern = pattern;
    this.budget = budget;
  }

  Matcher matcher(String text) {
    return pattern.matcher(new CountedText(text, budget));
  }

  private static @Nullable Object first(
      Pattern pattern, EvaluationBudget budget, List<?> arguments) {
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof String text)) {
      return null;
    }
    Matcher matcher = pattern.matcher(new CountedText(text, budget));
    return matcher.find() ? match(matcher) : null;
  }

  /** As docs.jsonata.org/regex describes a match. */
  static Map<String, Object> match(Matcher matcher) {
    Map<String, Object> match = new LinkedHashMap<>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", groups(matcher));
    return match;
  }

  static List<String> groups(Matcher matcher) {
    List<String> groups = new ArrayList<>();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String text = matcher.group(group);
      groups.add(text == null ? "" : text);
    }
    return groups;
  }

  private record CountedText(String text, EvaluationBudget budget) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.look();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
