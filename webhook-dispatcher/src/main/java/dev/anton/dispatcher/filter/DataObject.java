package dev.anton.dispatcher.filter;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.StructValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of the event's data; each look at a member costs. It is one of CEL's own values and a
 * map at once: as a mere map, all of it would be walked through at each selection of a field.
 */
@SuppressWarnings("Immutable") // the data is not changed, and the cost belongs to one thread
final class DataObject extends StructValue<String, Object> implements Map<Object, Object> {

  private static final CelType TYPE = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private final Map<String, Object> members;
  private final Cost cost;

  DataObject(Map<String, Object> members, Cost cost) {
    this.members = members;
    this.cost = cost;
  }

  @Override
  public Object select(String field) {
    Object value = members.get(field);
    if (value == null) {
      throw CelAttributeNotFoundException.forMissingMapKey(field);
    }
    return cost.seen(value);
  }

  @Override
  public Optional<Object> find(String field) {
    cost.spend(1);
    return Optional.ofNullable(members.get(field));
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return members.isEmpty();
  }

  @Override
  public CelType celType() {
    return TYPE;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    Object value = members.get(key);
    return value == null ? null : cost.seen(value);
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public boolean isEmpty() {
    return members.isEmpty();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    cost.spend(1);
    return members.containsKey(key);
  }

  @Override
  public boolean containsValue(@Nullable Object value) {
    return values().contains(value);
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Object, Object>> iterator() {
        Iterator<Entry<String, Object>> entries = members.entrySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Entry<Object, Object> next() {
            Entry<String, Object> entry = entries.next();
            cost.spend(Cost.ofText(entry.getKey()));
            return new AbstractMap.SimpleImmutableEntry<>(
                entry.getKey(), cost.seen(entry.getValue()));
          }
        };
      }

      @Override
      public int size() {
        return members.size();
      }
    };
  }

  @Override
  public Set<Object> keySet() {
    return asMap().keySet();
  }

  @Override
  public Collection<Object> values() {
    return asMap().values();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Map<?, ?> map && asMap().equals(map));
  }

  @Override
  public int hashCode() {
    return asMap().hashCode();
  }

  @Override
  public @Nullable Object put(Object key, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putAll(Map<?, ?> more) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  private Map<Object, Object> asMap() {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<Object, Object>> entrySet() {
        return DataObject.this.entrySet();
      }
    };
  }
}
