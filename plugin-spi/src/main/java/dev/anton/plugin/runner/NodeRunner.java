package dev.anton.plugin.runner;

import java.util.Map;
import java.util.Optional;

/**
 * Does the work of a plan's nodes of one kind. Implementations carry a {@link RunnerName}, have a
 * public constructor without arguments, keep no state between calls and are called by many threads
 * at a time.
 */
@FunctionalInterface
public interface NodeRunner {

  /**
   * Runs one attempt of a node, on a thread of its own.
   *
   * <p>The thread is interrupted when the attempt's time is over or the execution is cancelled: the
   * runner then ends what it started, processes included, and returns or throws. What it returns
   * after that does not count. An attempt may have been begun before by an executor that died, so
   * work that cannot be done twice is guarded by the runner.
   *
   * @return the result; a failure that is expected is {@link NodeResult.Failed}
   * @throws Exception for whatever else went wrong: the attempt has failed, with its message
   */
  NodeResult run(NodeContext context) throws Exception;

  /**
   * Why this runner cannot be used here: a setting is missing, or it is switched off. Plans that
   * ask for it are then refused when they are handed in, with this as the reason. Asked once, when
   * the executor starts; it makes no connection and does not block.
   *
   * @param settings the operator's settings for this runner, as {@link NodeContext#settings()}
   * @return a clause for people such as {@code "it is off: set model"}; empty if it can be used
   */
  default Optional<String> unavailable(Map<String, String> settings) {
    return Optional.empty();
  }
}
