package dev.anton.api.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.api.problem.ProblemException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a list. Controllers take it as an argument; it is read from {@code ?limit=}
 * and {@code ?cursor=}.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param after the sort key of the last element of the page before, null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 250;

  /**
   * @throws ProblemException if a value cannot be accepted
   */
  public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
    return new PageRequest(parseLimit(limit), cursor == null ? null : decode(cursor));
  }

  static String encode(String sortKey) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sortKey.getBytes(UTF_8));
  }

  private static int parseLimit(@Nullable String limit) {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int value = Integer.parseInt(limit);
      if (value >= 1 && value <= MAX_LIMIT) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same sentence as a number out of bounds.
    }
    throw ProblemException.badInput(
        "invalid-limit", "limit", "limit is a whole number from 1 to " + MAX_LIMIT);
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badInput(
          "invalid-cursor", "cursor", "cursor is a nextCursor from an earlier page of this list");
    }
  }
}
