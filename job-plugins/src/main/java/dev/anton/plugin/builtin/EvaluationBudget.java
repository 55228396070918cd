package dev.anton.plugin.builtin;

import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;

/**
 * What one evaluation of a stranger's expression may use. Work is counted rather than timed, so
 * that the same expression ends in the same way however busy the machine is.
 */
final class EvaluationBudget {

  /** Some seconds of an evaluator that takes about a microsecond for a step. */
  static final long MAX_STEPS = 20_000_000;

  /** Characters that are looked at in search of something: some seconds, too. */
  static final long MAX_LOOKS = 100_000_000;

  /** Twice what may be handed on. */
  static final int MAX_TEXT = 2 << 20;

  static final int MAX_ITEMS = 1_000_000;

  /** Characters of a value as JSON: a million numbers, or four times a large input. */
  static final int MAX_WRITTEN = 8 << 20;

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

  /** Counts characters that are looked at in search of a text. */
  void search(long characters) {
    long before = looks;
    looks += characters;
    if (before / LOOKS_BETWEEN_CHECKS != looks / LOOKS_BETWEEN_CHECKS) {
      context.checkCancelled();
      if (looks > MAX_LOOKS) {
        throw tooMuch("searches texts for too long");
      }
    }
  }

  /** While a text is made, which is counted when it is complete. */
  void fits(CharSequence unfinished) {
    context.checkCancelled();
    if (unfinished.length() > MAX_TEXT) {
      throw longText();
    }
  }

  /** While a list is made that has this many items by now; counted when it is complete. */
  void fits(int items) {
    if (items > MAX_ITEMS) {
      throw longList();
    }
  }

  /** Before, or after, a text of this length is made. */
  void text(long length) {
    if (length > MAX_TEXT) {
      throw longText();
    }
    count(length);
  }

  /** After a list or an object of this size was made. */
  void items(int items) {
    if (items > MAX_ITEMS) {
      throw longList();
    }
    count(items);
  }

  /** After a value was made that has at least this many characters as JSON. */
  void written(long characters) {
    if (characters > MAX_WRITTEN) {
      throw tooMuch("makes a value of more than " + MAX_WRITTEN + " characters");
    }
  }

  /** Before a value of at least this many characters is handed on. */
  void result(long characters) {
    if (characters > PluginResult.MAX_OUTPUT_BYTES) {
      throw tooMuch(
          "gives more than the %d bytes of an output".formatted(PluginResult.MAX_OUTPUT_BYTES));
    }
  }

  private void count(long more) {
    made += more;
    if (made > MAX_MADE) {
      throw tooMuch("makes more than %d characters and items in all".formatted(MAX_MADE));
    }
  }

  private static PluginException longText() {
    return tooMuch("makes a text of more than " + MAX_TEXT + " characters");
  }

  private static PluginException longList() {
    return tooMuch("makes a list of more than " + MAX_ITEMS + " items");
  }

  private static PluginException tooMuch(String what) {
    return PluginException.permanent("The JSONata expression " + what);
  }
}
