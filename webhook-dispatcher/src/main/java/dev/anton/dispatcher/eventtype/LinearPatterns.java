package dev.anton.dispatcher.eventtype;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.anton.dispatcher.pattern.InvalidPatternException;
import dev.anton.dispatcher.pattern.LinearPattern;

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

  @Override
  public RegularExpression getRegularExpression(String regex) {
    LinearPattern pattern;
    try {
      pattern = LinearPattern.compile(regex);
    } catch (InvalidPatternException e) {
      throw new SchemaException(e.getMessage());
    }
    return text -> {
      if (BUDGET.isBound()) {
        BUDGET.get().spend(pattern.cost(text));
      }
      return pattern.isFoundIn(text);
    };
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
