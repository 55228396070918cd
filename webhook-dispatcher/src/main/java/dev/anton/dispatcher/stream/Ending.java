package dev.anton.dispatcher.stream;

import java.util.Locale;

/** Why a stream ended. */
enum Ending {
  LEFT(""),
  SLOW(
      "closed: events come faster than they are read here; "
          + "connect again with the last id to go on"),
  STOPPING("closed: this server stops; connect again with the last id to go on"),
  INTERRUPTED(
      "closed: the event log cannot be read at the moment; "
          + "connect again with the last id to go on");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  /** What the client is told. */
  String text() {
    return text;
  }

  /** In the metric. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
