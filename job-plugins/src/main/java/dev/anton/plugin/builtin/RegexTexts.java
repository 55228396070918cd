package dev.anton.plugin.builtin;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import dev.anton.plugin.PluginException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** What JSONata's functions do with regular expressions, within a budget (docs.jsonata.org). */
final class RegexTexts {

  private final EvaluationBudget budget;

  RegexTexts(EvaluationBudget budget) {
    this.budget = budget;
  }

  List<Object> matches(String text, BoundedRegex regex, int limit) {
    // One match is that match, none is nothing, as in all of JSONata.
    List<Object> matches = Utils.createSequence();
    Matcher matcher = regex.matcher(text);
    while (matches.size() < limit && matcher.find()) {
      budget.fits(matches.size());
      Map<String, Object> match = new LinkedHashMap<>();
      match.put("match", regex.text(matcher));
      match.put("index", matcher.start());
      match.put("groups", regex.groups(matcher));
      matches.add(match);
    }
    return matches;
  }

  List<String> split(String text, BoundedRegex regex, int limit) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = regex.matcher(text);
    int from = 0;
    while (parts.size() < limit && matcher.find()) {
      budget.fits(parts.size());
      parts.add(text.substring(from, matcher.start()));
      from = matcher.end();
    }
    if (parts.size() < limit) {
      parts.add(text.substring(from));
    }
    return parts;
  }

  String replace(String text, BoundedRegex regex, @Nullable Object by, int limit) {
    StringBuilder result = new StringBuilder();
    Matcher matcher = regex.matcher(text);
    int from = 0;
    for (int count = 0; count < limit && matcher.find(); count++) {
      result.append(text, from, matcher.start());
      if (by instanceof String template) {
        fill(template, matcher, result);
      } else {
        result.append(applied(by, regex.match(matcher)));
      }
      budget.fits(result);
      from = matcher.end();
    }
    return result.append(text, from, text.length()).toString();
  }

  /** {@code $$} is a dollar, {@code $0} the match, {@code $1} and so on its groups. */
  private void fill(String template, MatchResult match, StringBuilder result) {
    budget.search(template.length());
    for (int at = 0; at < template.length(); at++) {
      char c = template.charAt(at);
      char next = at + 1 < template.length() ? template.charAt(at + 1) : ' ';
      if (c != '$') {
        result.append(c);
      } else if (next == '$') {
        result.append('$');
        at++;
      } else if (next >= '0' && next <= '9') {
        int group = next - '0';
        String text = group <= match.groupCount() ? match.group(group) : null;
        result.append(text == null ? "" : text);
        budget.fits(result);
        at++;
      } else {
        result.append(c);
      }
    }
  }

  /** What a function makes of a match. */
  static String applied(@Nullable Object function, Map<String, Object> match) {
    try {
      if (Functions.funcApply(function, List.of(match)) instanceof String text) {
        return text;
      }
    } catch (StackOverflowError e) {
      throw PluginException.permanent("The JSONata expression calls itself too often", e);
    } catch (PluginException | CancellationException | Error e) {
      throw e; // an error is not the expression's
    } catch (Throwable e) {
      throw PluginException.permanent(
          "The JSONata expression: what replaces a match fails: " + e.getMessage(), e);
    }
    throw PluginException.permanent("The JSONata expression replaces a match by something else");
  }
}
