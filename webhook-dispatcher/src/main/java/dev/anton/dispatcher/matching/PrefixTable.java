package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.subscription.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions by prefix, immutable. A type is looked up under each of its prefixes without
 * cutting it: their hashes fall out of one pass over it, and the table is open-addressed.
 */
final class PrefixTable {

  static final PrefixTable EMPTY = new PrefixTable(Map.of());

  private final Map<String, List<Subscription>> entries;
  private final @Nullable Slot[] slots;

  private PrefixTable(Map<String, List<Subscription>> entries) {
    this.entries = entries;
    this.slots = new Slot[Math.max(2, Integer.highestOneBit(Math.max(1, entries.size())) << 2)];
    entries.forEach(this::place);
  }

  static PrefixTable of(Map<String, List<Subscription>> entries) {
    return entries.isEmpty() ? EMPTY : new PrefixTable(Map.copyOf(entries));
  }

  /** The same table with one entry replaced, or removed if the list is empty. */
  PrefixTable with(String prefix, List<Subscription> subscriptions) {
    Map<String, List<Subscription>> changed = new HashMap<>(entries);
    if (subscriptions.isEmpty()) {
      changed.remove(prefix);
    } else {
      changed.put(prefix, subscriptions);
    }
    return of(changed);
  }

  List<Subscription> get(String prefix) {
    return entries.getOrDefault(prefix, List.of());
  }

  /** All subscriptions with a prefix of the type, added to those that were found already. */
  List<Subscription> addMatches(String type, List<Subscription> found) {
    if (this == EMPTY) {
      return found;
    }
    List<Subscription> all = found;
    int hash = 0;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (c == '.') {
        all = SubscriptionLists.join(all, find(hash, type, i));
      }
      hash = 31 * hash + c; // as String.hashCode() does
    }
    return all;
  }

  private List<Subscription> find(int hash, String type, int length) {
    for (int i = spread(hash) & (slots.length - 1); ; i = (i + 1) & (slots.length - 1)) {
      Slot slot = slots[i];
      if (slot == null) {
        return List.of();
      }
      if (slot.prefix().length() == length && type.startsWith(slot.prefix())) {
        return slot.subscriptions();
      }
    }
  }

  private void place(String prefix, List<Subscription> subscriptions) {
    int i = spread(prefix.hashCode()) & (slots.length - 1);
    while (slots[i] != null) {
      i = (i + 1) & (slots.length - 1);
    }
    slots[i] = new Slot(prefix, subscriptions);
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  private record Slot(String prefix, List<Subscription> subscriptions) {}
}
