package dev.anton.executor.runner.builtin;

/**
 * What a model answered.
 *
 * @param text the JSON it was asked for, or whatever it wrote instead; for a refusal, why
 * @param tokens of the question and the answer, as the provider counts them
 */
record ModelAnswer(String text, Ending ending, int tokens) {

  enum Ending {
    WHOLE,
    /** At the most tokens that an answer may have. */
    CUT,
    REFUSED
  }
}
