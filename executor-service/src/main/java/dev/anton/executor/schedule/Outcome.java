package dev.anton.executor.schedule;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How an attempt of a node ended. */
public sealed interface Outcome {

  record Completed(@Nullable JsonNode output) implements Outcome {}

  /**
   * @param retryable false if another attempt cannot end otherwise
   */
  record Failed(String error, boolean retryable) implements Outcome {}

  /** The executor that ran the attempt went away; nobody knows how far it had come. */
  record Interrupted() implements Outcome {}
}
