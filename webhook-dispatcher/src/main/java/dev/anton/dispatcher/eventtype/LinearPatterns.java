package dev.anton.dispatcher.eventtype;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * A schema's regular expressions, matched by RE2 in time linear to the text. What it does not know
 * (look-around, back references) is refused when the schema is registered, and so is what would
 * compile into too many states.
 */
final class LinearPatterns implements RegularExpressionFactory {

  /**
   * What all matches of one check may cost together, in characters times states: a second or so.
   */
  static final long MAX_COST = 200_000_000;

  /** Bound while data is checked. */
  static final ScopedValue<Budget> BUDGET = ScopedValue.newInstance();

  private static final int MAX_STATES = 1_000;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    long states = PatternSize.of(regex);
    if (regex.length() > MAX_STATES || states > MAX_STATES || regex.contains("\\Q")) {
      throw new SchemaException(
          "A pattern has at most " + MAX_STATES + " characters, its repetitions written out");
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      return text -> {
        if (BUDGET.isBound()) {
          BUDGET.get().spend(text.length() * states);
        }
        return pattern.matcher(text).find();
      };
    } catch (PatternSyntaxException e) {
      throw new SchemaException(
          "A pattern is a regular expression without look-around and back references: "
              + e.getDescription());
    }
  }

  /** What is left for the matches of one check. */
  static final class Budget {

    private long left = MAX_COST;

    private void spend(long cost) {
      left -= cost;
      if (left < 0) {
        throw new SpentException();
      }
    }
  }

  /** A check costs too much; thrown through the validator. */
  static final class SpentException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
