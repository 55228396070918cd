package dev.anton.dispatcher.stream;

import dev.anton.schemas.id.Tenant;
import java.util.HashMap;
import java.util.Map;

/** Counts the streams that are open, in all and of each tenant. */
final class StreamSlots {

  private final StreamSettings settings;
  private final Map<Tenant, Integer> open = new HashMap<>();
  private int inAll;

  StreamSlots(StreamSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a slot; whoever got one gives it back.
   *
   * @return false if there is none for this tenant now
   */
  synchronized boolean take(Tenant tenant) {
    int own = open.getOrDefault(tenant, 0);
    if (inAll >= settings.concurrency() || own >= settings.perTenant()) {
      return false;
    }
    inAll++;
    open.put(tenant, own + 1);
    return true;
  }

  synchronized void giveBack(Tenant tenant) {
    inAll--;
    open.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
  }

  synchronized int inAll() {
    return inAll;
  }
}
