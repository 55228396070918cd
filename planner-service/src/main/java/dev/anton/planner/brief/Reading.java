package dev.anton.planner.brief;

/** What became of reading a prompt. */
public sealed interface Reading {

  /** The prompt describes a software project. */
  record Understood(ProjectBrief brief) implements Reading {}

  /**
   * The prompt describes none.
   *
   * @param reason says what is missing and what would make it a software project
   */
  record NoProject(String reason) implements Reading {}
}
