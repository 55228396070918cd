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
    return matcher.find() ? match(matcher, budget) : null;
  }

  /** As docs.jsonata.org/regex describes a match. */
  Map<String, Object> match(Matcher matcher) {
    return match(matcher, budget);
  }

  /** What was matched. */
  String text(Matcher matcher) {
    return group(matcher, 0, budget);
  }

  List<String> groups(Matcher matcher) {
    return groups(matcher, budget);
  }

  private static Map<String, Object> match(Matcher matcher, EvaluationBudget budget) {
    Map<String, Object> match = new LinkedHashMap<>();
    match.put("match", group(matcher, 0, budget));
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", groups(matcher, budget));
    return match;
  }

  private static List<String> groups(Matcher matcher, EvaluationBudget budget) {
    budget.items(matcher.groupCount());
    List<String> groups = new ArrayList<>();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      groups.add(group(matcher, group, budget));
    }
    return groups;
  }

  /** Thousands of groups may hold the same long text, each a copy of its own. */
  private static String group(Matcher matcher, int group, EvaluationBudget budget) {
    budget.text(matcher.end(group) - matcher.start(group));
    String text = matcher.group(group);
    return text == null ? "" : text;
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
