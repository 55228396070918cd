package dev.anton.stack;

import dev.anton.stack.process.StartException;
import dev.anton.stack.state.DataFolder;
import dev.anton.stack.supervision.Backoff;
import java.nio.file.Path;

/**
 * What to start and where.
 *
 * @param home the folder the modules lie in, each with its boot jar
 * @param data all that is kept between starts
 * @param minimumFreeBytes a start with less free disk space is refused
 * @param dispatchers replicas of the webhook dispatcher, from 1 to {@value #MAX_DISPATCHERS}; those
 *     after the first listen on ports that are free when they are started
 * @param executors replicas of the executor service, from 1 to {@value #MAX_EXECUTORS}; likewise
 */
public record StackOptions(
    Path home,
    DataFolder data,
    Ports ports,
    ServiceCatalogue services,
    Backoff backoff,
    long minimumFreeBytes,
    int dispatchers,
    int executors) {

  /** As many as an event topic has partitions: more would have nothing to read. */
  public static final int MAX_DISPATCHERS = 12;

  /** More of them on one machine would wait for each other. */
  public static final int MAX_EXECUTORS = 8;

  /** PostgreSQL's files and write-ahead log, Kafka's segments and the logs, with room to work. */
  private static final long ONE_GIBIBYTE = 1L << 30;

  /** Anton's own four services. */
  public StackOptions(Path home, Path data, Ports ports) {
    this(
        home,
        new DataFolder(data),
        ports,
        new AntonServices(),
        Backoff.DEFAULT,
        ONE_GIBIBYTE,
        1,
        1);
  }

  /**
   * @throws StartException if there are too few dispatchers or executors, or too many
   */
  public StackOptions {
    if (dispatchers < 1 || dispatchers > MAX_DISPATCHERS) {
      throw new StartException(
          "%d dispatchers cannot be started: from 1 to %d can."
              .formatted(dispatchers, MAX_DISPATCHERS));
    }
    if (executors < 1 || executors > MAX_EXECUTORS) {
      throw new StartException(
          "%d executors cannot be started: from 1 to %d can.".formatted(executors, MAX_EXECUTORS));
    }
  }

  public StackOptions with(ServiceCatalogue others) {
    return new StackOptions(
        home, data, ports, others, backoff, minimumFreeBytes, dispatchers, executors);
  }

  public StackOptions with(Backoff other) {
    return new StackOptions(
        home, data, ports, services, other, minimumFreeBytes, dispatchers, executors);
  }

  public StackOptions withMinimumFreeBytes(long bytes) {
    return new StackOptions(home, data, ports, services, backoff, bytes, dispatchers, executors);
  }

  public StackOptions withDispatchers(int replicas) {
    return new StackOptions(
        home, data, ports, services, backoff, minimumFreeBytes, replicas, executors);
  }

  public StackOptions withExecutors(int replicas) {
    return new StackOptions(
        home, data, ports, services, backoff, minimumFreeBytes, dispatchers, replicas);
  }
}
