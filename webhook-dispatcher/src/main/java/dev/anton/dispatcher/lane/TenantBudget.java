package dev.anton.dispatcher.lane;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all tenants share a bounded number of. A tenant may have up to four times as much as is
 * free: alone, four fifths of all; two that want more than there is, four ninths each. So there is
 * always something left for one that comes, and nothing is set aside for one that does not. (The
 * dynamic threshold of Choudhury and Hahne, for buffers of switches.)
 */
public final class TenantBudget {

  private static final int TIMES_WHAT_IS_FREE = 4;

  private final int limit;
  private final AtomicInteger used = new AtomicInteger();

  /** Tenants that have something; of the others there is no trace. */
  private final ConcurrentHashMap<String, Integer> byTenant = new ConcurrentHashMap<>();

  public TenantBudget(int limit) {
    this.limit = limit;
  }

  /** Takes one, whether it is within the budget or not: whoever takes asks before. */
  public void take(String tenant) {
    used.incrementAndGet();
    byTenant.merge(tenant, 1, Integer::sum);
  }

  /** Gives one back that was taken. */
  public void giveBack(String tenant) {
    used.decrementAndGet();
    byTenant.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }

  /** How many more this tenant may take now. */
  public int left(String tenant) {
    return left(byTenant.getOrDefault(tenant, 0));
  }

  /** The same for every tenant that has something. */
  public Map<String, Integer> left() {
    Map<String, Integer> left = new HashMap<>();
    byTenant.forEach((tenant, count) -> left.put(tenant, left(count)));
    return left;
  }

  /** How many a tenant may take that has nothing yet. */
  public int leftForOthers() {
    return left(0);
  }

  public int used() {
    return used.get();
  }

  /** Taking {@code n} more is fair as long as {@code mine + n <= 4 * (free - n)}. */
  private int left(int mine) {
    int free = Math.max(0, limit - used.get());
    int more = TIMES_WHAT_IS_FREE * free - mine;
    return Math.min(free, Math.max(0, Math.ceilDiv(more, TIMES_WHAT_IS_FREE + 1)));
  }
}
