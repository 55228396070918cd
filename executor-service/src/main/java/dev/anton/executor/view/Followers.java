package dev.anton.executor.view;

import dev.anton.schemas.id.Tenant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many follow logs. Each asks the database once a second; beyond the bound clients are better
 * off asking again. A tenant may have half of what the others leave, so that whoever comes next
 * finds room.
 */
final class Followers {

  static final int MAX = 100;

  private final Map<Tenant, Integer> byTenant = new HashMap<>();
  private int all;

  /**
   * @return whether there was room; who enters leaves
   */
  synchronized boolean enter(Tenant tenant) {
    int own = byTenant.getOrDefault(tenant, 0);
    int leftByOthers = MAX - (all - own);
    // Rounded up: the last place is for a tenant that has none.
    if (own >= (leftByOthers + 1) / 2) {
      return false;
    }
    byTenant.put(tenant, own + 1);
    all++;
    return true;
  }

  synchronized void leave(Tenant tenant) {
    byTenant.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
    all--;
  }
}
