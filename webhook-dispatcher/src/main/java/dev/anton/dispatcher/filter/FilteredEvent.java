package dev.anton.dispatcher.filter;

import dev.anton.schemas.kafka.EventRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as filters see it: its data is read at most once, when the first of them asks for it.
 */
public final class FilteredEvent {

  private final EventRecord event;
  private final Cost cost = new Cost();
  private @Nullable Object data;

  public FilteredEvent(EventRecord event) {
    this.event = event;
  }

  Cost cost() {
    return cost;
  }

  /** The value of a variable. */
  Optional<Object> find(String name) {
    return switch (name) {
      case FilterLanguage.DATA -> Optional.of(data());
      case FilterLanguage.TYPE -> Optional.of(event.type());
      default -> Optional.empty();
    };
  }

  private Object data() {
    Object read = data;
    if (read == null) {
      read = DataReader.read(event.data(), cost);
      data = read;
    }
    return read;
  }
}
