package dev.anton.plugin.builtin;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads numbers where texts may stand for them, as in CSV. */
final class Numbers {

  /** A longer text is no quantity; a shorter one cannot blow up into a huge one. */
  private static final int MAX_DIGITS = 100;

  private static final int MAX_SCALE = 1_000;

  private Numbers() {}

  static Optional<BigDecimal> read(JsonNode node) {
    if (!node.isNumber() && !node.isString()) {
      return Optional.empty();
    }
    String text = node.asString().strip();
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > MAX_SCALE ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
