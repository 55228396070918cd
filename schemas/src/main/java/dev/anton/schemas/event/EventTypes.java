package dev.anton.schemas.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue of built-in events, read from the records themselves. */
public final class EventTypes {

  private static final Map<String, Class<? extends EventData>> BY_NAME = collect();

  private static final Set<String> PREFIXES =
      BY_NAME.keySet().stream()
          .map(name -> name.substring(0, name.indexOf('.')))
          .collect(Collectors.toUnmodifiableSet());

  private EventTypes() {}

  /** All names, in the order of their declaration. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  public static boolean isBuiltIn(String name) {
    return BY_NAME.containsKey(name);
  }

  /**
   * Whether the name's first word belongs to the built-in events, as {@code plan.anything} does.
   */
  public static boolean hasReservedPrefix(String name) {
    int dot = name.indexOf('.');
    return PREFIXES.contains(dot < 0 ? name : name.substring(0, dot));
  }

  public static Optional<Class<? extends EventData>> dataClass(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public static String nameOf(EventData data) {
    return annotation(data.getClass()).value();
  }

  /**
   * When the event is emitted.
   *
   * @throws IllegalArgumentException if there is no such event
   */
  public static String description(String name) {
    return annotation(known(name)).description();
  }

  /**
   * The JSON Schema (2020-12) of the event's data, as text.
   *
   * @throws IllegalArgumentException if there is no such event
   */
  public static String schema(String name) {
    known(name);
    return resource(name + ".schema.json");
  }

  /**
   * An example of the event's data, as JSON text.
   *
   * @throws IllegalArgumentException if there is no such event
   */
  public static String example(String name) {
    known(name);
    return resource(name + ".example.json");
  }

  private static Class<? extends EventData> known(String name) {
    return dataClass(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no built-in event " + name));
  }

  private static EventName annotation(Class<?> type) {
    EventName annotation = type.getAnnotation(EventName.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type + " carries no @EventName");
    }
    return annotation;
  }

  private static Map<String, Class<? extends EventData>> collect() {
    Map<String, Class<? extends EventData>> found = new LinkedHashMap<>();
    leaves(EventData.class).forEach(type -> found.put(annotation(type).value(), type));
    return Collections.unmodifiableMap(found);
  }

  private static Stream<Class<? extends EventData>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::leaves)
        : Stream.of(type.asSubclass(EventData.class));
  }

  private static String resource(String file) {
    try (InputStream stream = EventTypes.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + file + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
