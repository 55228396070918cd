package dev.anton.plugin.builtin;

import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;

/**
 * What one evaluation of a stranger's expression may use. Work is counted rather than timed, so
 * that the same expression ends in the same way however busy the machine is.
 */
final class EvaluationBudget {

  /** Some seconds of an evaluator that takes about a microsecond for a step. */
  static final long MAX_STEPS = 20_000_000;

  /** Characters that regular expressions look at: some seconds, too. */
  static final long MAX_LOOKS = 100_000_000;

  /** Twice what may be handed on. */
  static final int MAX_TEXT = 2 << 20;

  static final int MAX_ITEMS = 1_000_000;

  /** Characters and items that all steps together make; what of it is garbage is not known. */
  static final long MAX_MADE = 256L << 20;

  private static final int LOOKS_BETWEEN_CHECKS = 1 << 16;

  private final PluginContext context;
  private long steps;
  private long looks;
  private long made;

  EvaluationBudget(PluginContext context) {
    this.context = context;
  }

  /** Counts a step of the evaluation. */
  void step() {
    context.checkCancelled();
    if (++steps > MAX_STEPS) {
      throw tooMuch("takes more than " + MAX_STEPS + " steps");
    }
  }

  /** Counts a character that a regular expression looks at. */
  void look() {
    if (++looks % LOOKS_BETWEEN_CHECKS == 0) {
      context.checkCancelled();
      if (looks > MAX_LOOKS) {
        throw tooMuch("has a regular expression that takes too long");
      }
    }
  }

  /** Before, or after, a text of this length is made. */
  void text(long length) {
    if (length > MAX_TEXT) {
      throw tooMuch("makes a text of more than " + MAX_TEXT + " characters");
    }
    count(length);
  }

  /** After a list or an object of this size was made. */
  void items(int items) {
    if (items > MAX_ITEMS) {
      throw tooMuch("makes a list of more than " + MAX_ITEMS + " items");
    }
    count(items);
  }

  private void count(long more) {
    made += more;
    if (made > MAX_MADE) {
      throw tooMuch("makes more than %d characters and items in all".formatted(MAX_MADE));
    }
  }

  private static PluginException tooMuch(String what) {
    return PluginException.permanent("The JSONata expression " + what);
  }
}
