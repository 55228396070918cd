package dev.anton.dispatcher.lane;

/** What an attempt says about the endpoint's health. */
public enum Verdict {
  /** It works, whatever it thinks of this delivery. */
  HEALTHY,
  /** It is away, overloaded or broken. */
  FAILING
}
