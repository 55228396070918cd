package dev.anton.dispatcher.journal;

/** What a parked delivery waits for. */
public enum ParkedState {
  /** Its due time. */
  DUE("due"),
  /** Room in its endpoint's lane, whatever the time. */
  WAITING("waiting"),
  /** The dead-letter topic. */
  EXHAUSTED("exhausted"),
  /** Its turn: an earlier delivery of its line is not final yet. */
  BEHIND("behind");

  private final String column;

  ParkedState(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
