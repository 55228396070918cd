package dev.anton.planner.brief;

/** What an entity's field holds. */
public enum FieldType {
  TEXT,
  INTEGER,
  DECIMAL,
  BOOLEAN,
  /** A calendar date, ISO-8601. */
  DATE,
  /** The id of an entity of the same project. */
  REFERENCE
}
