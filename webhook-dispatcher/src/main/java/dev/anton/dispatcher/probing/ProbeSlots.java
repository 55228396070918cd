package dev.anton.dispatcher.probing;

import dev.anton.schemas.id.Tenant;
import java.util.HashMap;
import java.util.Map;

/** Counts the test deliveries that run, in all and of each tenant. */
final class ProbeSlots {

  private final ProbingSettings settings;
  private final Map<Tenant, Integer> running = new HashMap<>();
  private int inAll;

  ProbeSlots(ProbingSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a slot; whoever got one gives it back.
   *
   * @return false if there is none for this tenant now
   */
  synchronized boolean take(Tenant tenant) {
    int own = running.getOrDefault(tenant, 0);
    if (inAll >= settings.concurrency() || own >= settings.perTenant()) {
      return false;
    }
    inAll++;
    running.put(tenant, own + 1);
    return true;
  }

  synchronized void giveBack(Tenant tenant) {
    inAll--;
    running.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
  }
}
