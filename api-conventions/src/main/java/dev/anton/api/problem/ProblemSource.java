package dev.anton.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * Knows what some exceptions mean to a client. Every bean of this type is asked before the web
 * framework's own exceptions are looked at. Not for exceptions of a feature: those are {@link
 * ProblemException}s where they are thrown.
 */
@FunctionalInterface
public interface ProblemSource {

  /** The problem, or null for an exception that this source does not know. */
  @Nullable Problem problemOf(Throwable failure);
}
