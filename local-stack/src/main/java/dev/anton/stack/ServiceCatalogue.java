package dev.anton.stack;

import dev.anton.stack.service.ServiceSpec;
import java.util.List;

/** Says which services a stack runs, and how. */
@FunctionalInterface
public interface ServiceCatalogue {

  /** Called while the backends are starting, for work that need not wait for them. */
  default void prepare(StackOptions options) {}

  /** Asked once, when the backends are ready. */
  List<ServiceSpec> services(StackOptions options, Backends backends);
}
