package dev.anton.stack.process;

import java.time.Duration;

/** Waiting between two looks at something that no event announces. */
public final class Pause {

  private Pause() {}

  /**
   * @throws StartException if the thread was interrupted, which stays set
   */
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while waiting.", e);
    }
  }
}
