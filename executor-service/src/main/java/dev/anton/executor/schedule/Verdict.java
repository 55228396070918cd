package dev.anton.executor.schedule;

/** What a node's condition says, once all the node's dependencies have ended. */
public sealed interface Verdict {

  /** The node runs. */
  record Holds() implements Verdict {}

  /** The node is skipped. */
  record DoesNotHold(String reason) implements Verdict {}

  /** The condition says neither yes nor no: the node fails without having run. */
  record Undecidable(String error) implements Verdict {}
}
