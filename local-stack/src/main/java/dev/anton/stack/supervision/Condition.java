package dev.anton.stack.supervision;

/** Where a component is in its life. */
public enum Condition {
  STARTING,
  READY,

  /** It died and will be started again after a pause, or was and is not ready yet. */
  RESTARTING,
  STOPPED
}
