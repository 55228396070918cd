package dev.anton.system.faults;

import java.util.function.Supplier;

/**
 * Something bad that happens while events flow.
 *
 * @param name as it is asked for and reported
 * @param dispatchers how many the stack runs
 * @param faultyEndpoint whether the first endpoint is at fault, and so not among the healthy ones
 * @param firstEndpoint makes it
 * @param course what happens, from its beginning to its end
 */
record Fault(
    String name,
    int dispatchers,
    boolean faultyEndpoint,
    Supplier<Endpoint> firstEndpoint,
    Course course) {

  /** A fault of the stack: all endpoints are healthy. */
  static Fault ofStack(String name, int dispatchers, Course course) {
    return new Fault(name, dispatchers, false, Endpoint::new, course);
  }

  /** A fault of the first endpoint, which the owner mends in the end. */
  static Fault ofEndpoint(String name, Supplier<Endpoint> firstEndpoint, Course course) {
    return new Fault(name, 1, true, firstEndpoint, course);
  }

  /** The endpoint with a number, from 0. */
  Endpoint endpoint(int number) {
    return number == 0 ? firstEndpoint.get() : new Endpoint();
  }

  /** What happens. */
  @FunctionalInterface
  interface Course {
    void run(Scene scene) throws Exception;
  }
}
