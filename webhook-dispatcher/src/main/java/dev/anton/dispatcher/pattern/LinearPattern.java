package dev.anton.dispatcher.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression of RE2: it is found in time linear to the text, whatever it is. What RE2
 * does not know (look-around, back references) is refused, and so is what would compile into too
 * many states.
 */
public final class LinearPattern {

  private static final int MAX_STATES = 1_000;

  private final Pattern pattern;
  private final long states;

  private LinearPattern(Pattern pattern, long states) {
    this.pattern = pattern;
    this.states = states;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidPatternException if it is none, or has more than 1,000 characters or states
   */
  public static LinearPattern compile(String regex) {
    long states = PatternSize.of(regex);
    if (regex.length() > MAX_STATES || states > MAX_STATES || regex.contains("\\Q")) {
      throw new InvalidPatternException(
          "A pattern has at most " + MAX_STATES + " characters, its repetitions written out");
    }
    try {
      return new LinearPattern(Pattern.compile(regex), states);
    } catch (PatternSyntaxException e) {
      throw new InvalidPatternException(
          "A pattern is a regular expression without look-around and back references: "
              + e.getDescription());
    }
  }

  /** Whether a part of the text matches. */
  public boolean isFoundIn(String text) {
    return pattern.matcher(text).find();
  }

  /** What {@link #isFoundIn} costs at most, in characters times states. */
  public long cost(String text) {
    return text.length() * states;
  }
}
