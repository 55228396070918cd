package dev.anton.planner.model;

/** Tokens of requests and of answers. */
record TokenCount(long input, long output) {

  static final TokenCount NONE = new TokenCount(0, 0);

  /**
   * Of UTF-8 in a token, on the low side: English text has four, code fewer. Counted in bytes,
   * other scripts, whose letters are up to four bytes and often a token each, come out right, too.
   */
  private static final int BYTES = 3;

  /** Rather too much than too little, but an estimate. */
  static long estimate(long bytes) {
    return Math.ceilDiv(bytes, BYTES);
  }

  TokenCount plus(TokenCount other) {
    return new TokenCount(input + other.input, output + other.output);
  }

  long sum() {
    return input + output;
  }
}
