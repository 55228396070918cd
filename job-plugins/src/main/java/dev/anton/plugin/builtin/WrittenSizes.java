package dev.anton.plugin.builtin;

import com.dashjoin.jsonata.Utils.JList;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long values are at least when they are written as JSON, in characters. An object may stand in
 * another twice, and that in a third twice: after forty such steps a value of a few kilobytes takes
 * years to write, compare or copy. Here each is looked at once.
 */
final class WrittenSizes {

  /** Below this, looking again costs no more than remembering. */
  private static final int SMALL = 64;

  private final Map<Identity, Long> known = new HashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  /** {@link Long#MAX_VALUE} for whatever is longer. */
  long of(@Nullable Object value) {
    for (Object identity = gone.poll(); identity != null; identity = gone.poll()) {
      known.remove(identity);
    }
    return size(value);
  }

  private long size(@Nullable Object value) {
    return switch (value) {
      case CharSequence text -> text.length() + 2L;
      // Its items refer to where they come from; it never gets out of the path that it is part of.
      case JList<?> list when list.tupleStream -> 1;
      case Collection<?> items -> remembered(items, items.size());
      case Map<?, ?> members -> remembered(members, members.size());
      case null, default -> 1;
    };
  }

  private long remembered(Object container, int items) {
    Long before = known.get(new Identity(container, null));
    if (before != null) {
      return before;
    }
    long size = 2L + items;
    if (container instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        size = sum(size, sum(size(member.getKey()), size(member.getValue())));
      }
    } else if (container instanceof Collection<?> elements) {
      for (Object element : elements) {
        size = sum(size, size(element));
      }
    }
    if (size > SMALL) {
      known.put(new Identity(container, gone), size);
    }
    return size;
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /** Equal for the same object, which it does not keep alive. */
  private static final class Identity extends WeakReference<Object> {

    private final int hash;

    Identity(Object container, @Nullable ReferenceQueue<Object> gone) {
      super(container, gone);
      this.hash = System.identityHashCode(container);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object container = get();
      return container != null && other instanceof Identity same && same.refersTo(container);
    }
  }
}
