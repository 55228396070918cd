package dev.anton.stack;

import dev.anton.stack.supervision.Status;
import java.util.List;

/** Hears what the stack does, on the threads that do it. */
public interface StackListener {

  /** The data folder is ours and nothing speaks against a start. */
  default void accepted() {}

  /** Processes of an earlier launcher that was killed had to be stopped first. */
  default void leftoversStopped(List<String> names) {}

  /** A component changed its condition. */
  default void changed(Status status) {}
}
