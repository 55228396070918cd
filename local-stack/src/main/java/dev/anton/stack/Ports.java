package dev.anton.stack;

import dev.anton.stack.process.LoopbackPorts;

/** Where everything listens, on the loopback address. */
public record Ports(
    int gateway, int planner, int executor, int dispatcher, int postgres, int kafka) {

  /**
   * The services' well-known ports; for PostgreSQL and Kafka such as no installation of their own
   * uses.
   */
  public static final Ports DEFAULT = new Ports(3001, 3002, 3003, 3004, 15432, 19092);

  /** All moved by the same distance, so that two stacks run side by side. */
  public Ports offsetBy(int distance) {
    return new Ports(
        gateway + distance,
        planner + distance,
        executor + distance,
        dispatcher + distance,
        postgres + distance,
        kafka + distance);
  }

  /** Six that were free a moment ago. */
  public static Ports free() {
    return new Ports(
        LoopbackPorts.free(),
        LoopbackPorts.free(),
        LoopbackPorts.free(),
        LoopbackPorts.free(),
        LoopbackPorts.free(),
        LoopbackPorts.free());
  }
}
