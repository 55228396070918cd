package dev.anton.plugin.runner;

/** The log of one node. It is bounded: what is over the bound is left out, and the log says so. */
public interface NodeLog {

  /** Adds a line; never fails, whatever happens to the disk. May be called by several threads. */
  void line(String text);
}
