package dev.anton.stack;

import dev.anton.stack.state.DataFolder;
import dev.anton.stack.supervision.Backoff;
import java.nio.file.Path;

/**
 * What to start and where.
 *
 * @param home the folder the modules lie in, each with its boot jar
 * @param data all that is kept between starts
 * @param minimumFreeBytes a start with less free disk space is refused
 */
public record StackOptions(
    Path home,
    DataFolder data,
    Ports ports,
    ServiceCatalogue services,
    Backoff backoff,
    long minimumFreeBytes) {

  /** PostgreSQL's files and write-ahead log, Kafka's segments and the logs, with room to work. */
  private static final long ONE_GIBIBYTE = 1L << 30;

  /** Anton's own four services. */
  public StackOptions(Path home, Path data, Ports ports) {
    this(home, new DataFolder(data), ports, new AntonServices(), Backoff.DEFAULT, ONE_GIBIBYTE);
  }

  public StackOptions with(ServiceCatalogue others) {
    return new StackOptions(home, data, ports, others, backoff, minimumFreeBytes);
  }

  public StackOptions with(Backoff other) {
    return new StackOptions(home, data, ports, services, other, minimumFreeBytes);
  }

  public StackOptions withMinimumFreeBytes(long bytes) {
    return new StackOptions(home, data, ports, services, backoff, bytes);
  }
}
