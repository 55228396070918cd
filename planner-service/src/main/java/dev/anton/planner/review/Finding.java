package dev.anton.planner.review;

/**
 * Something that a review came across.
 *
 * @param code stable, such as {@code transitive-dependency}
 * @param pointer JSON pointer (RFC 6901) into the plan as it was before it was mended
 * @param detail a sentence that names the nodes
 */
public record Finding(String code, String pointer, String detail) {}
