package dev.anton.planner.model;

/** Tokens of requests and of answers. */
record TokenCount(long input, long output) {

  static final TokenCount NONE = new TokenCount(0, 0);

  /**
   * Characters in a token, on the low side: English text has four, code and other languages fewer.
   * What is estimated with it is rather too much than too little.
   */
  private static final int CHARACTERS = 3;

  static long estimate(int characters) {
    return Math.ceilDiv((long) characters, CHARACTERS);
  }

  TokenCount plus(TokenCount other) {
    return new TokenCount(input + other.input, output + other.output);
  }

  long sum() {
    return input + output;
  }
}
