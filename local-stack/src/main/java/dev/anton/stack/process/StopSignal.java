package dev.anton.stack.process;

import java.io.IOException;

/** How a process is asked to stop. */
public enum StopSignal {
  TERM,

  /** PostgreSQL's fast shutdown; its answer to TERM waits until every client has left. */
  INT;

  /** Returns whether the signal could be sent; false mostly means that the process has ended. */
  public boolean send(ProcessHandle process) {
    if (this == TERM) {
      return process.destroy() || !process.isAlive();
    }
    try {
      return new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                  .start()
                  .waitFor()
              == 0
          || !process.isAlive();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
