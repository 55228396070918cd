package dev.anton.bench.client;

/** Ways to post. */
public enum ClientMode {
  /** Apache HttpClient 5, asynchronous: what the dispatcher uses. */
  ASYNC,
  /** Apache HttpClient 5, blocking, on virtual threads. */
  CLASSIC,
  /** The JDK's own client, asynchronous. */
  JDK
}
