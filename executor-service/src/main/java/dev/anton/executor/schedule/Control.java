package dev.anton.executor.schedule;

import java.util.Locale;

/** What people want of an execution, whatever it is doing at the moment. */
public enum Control {
  RUN,
  PAUSE,
  /** Is never taken back. */
  CANCEL;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Control of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
