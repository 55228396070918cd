package dev.anton.planner.brief;

/**
 * One field of an entity.
 *
 * @param name {@code snake_case}, ASCII, starts with a letter
 * @param required whether an entity cannot be without it
 */
public record Field(String name, FieldType type, boolean required) {}
