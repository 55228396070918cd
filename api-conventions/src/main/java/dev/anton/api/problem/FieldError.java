package dev.anton.api.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, or the name of a query parameter
 * @param detail a sentence that says what would be accepted
 */
public record FieldError(String pointer, String detail) {}
