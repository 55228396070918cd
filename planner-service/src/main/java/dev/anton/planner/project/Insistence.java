package dev.anton.planner.project;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Tries again what fails because of somebody who works in the same folder at the same time: a
 * replica that stalled past its lease and came back does so for at most one step, whose outcome is
 * refused then.
 */
final class Insistence {

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(900));

  /** Has the effect of once when it is run several times. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private Insistence() {}

  /**
   * @throws IOException of the last attempt
   */
  static void on(Work work) throws IOException {
    for (Duration pause : PAUSES) {
      try {
        work.run();
        return;
      } catch (IOException e) {
        sleep(pause, e);
      }
    }
    work.run();
  }

  private static void sleep(Duration pause, IOException failure) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
