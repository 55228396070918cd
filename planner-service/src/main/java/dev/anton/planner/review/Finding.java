package dev.anton.planner.review;

/**
 * Something that a review came across.
 *
 * @param code stable, such as {@code transitive-dependency}; docs/review.md lists them
 * @param pointer JSON pointer (RFC 6901) into the plan as it was before it was mended
 * @param detail a sentence that names the nodes; at most 500 characters
 */
public record Finding(String code, String pointer, String detail) {

  private static final int MAX_DETAIL = 500;

  public Finding {
    // A cycle of a thousand nodes has a sentence to match, and the sentence goes into events.
    detail = Shown.of(detail, MAX_DETAIL);
  }
}
