package dev.anton.stack.process;

/** A server that was launched as a process of its own. */
public interface ServerProcess extends AutoCloseable {

  ChildProcess process();

  /**
   * Returns when the server does its work.
   *
   * @throws StartException if it ended instead, or took too long; it may still be running then
   */
  void awaitReady();

  /** Asks the server to stop, waits for it, and ends it if it does not; bounded in time. */
  @Override
  void close();
}
