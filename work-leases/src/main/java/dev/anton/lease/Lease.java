package dev.anton.lease;

/**
 * The right to work on one row.
 *
 * @param id of the row
 * @param fencingToken grows with every claim; a write that carries an older one is refused
 */
public record Lease(String id, long fencingToken) {}
