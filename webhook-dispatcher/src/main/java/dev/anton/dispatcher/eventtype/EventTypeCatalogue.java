package dev.anton.dispatcher.eventtype;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.anton.api.problem.FieldError;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Which event types there are for a tenant. A type never changes once it is registered, so what is
 * cached stays true on every replica; only finding nothing is asked anew each time.
 */
@Component
@EnableConfigurationProperties(EventTypeProperties.class)
public class EventTypeCatalogue {

  private final EventTypeRepository repository;
  private final Cache<Key, Compiled> compiled;

  EventTypeCatalogue(EventTypeRepository repository, EventTypeProperties properties) {
    this.repository = repository;
    this.compiled = Caffeine.newBuilder().maximumSize(properties.cached()).build();
  }

  /** Whether there is a type of exactly this name, built-in or the tenant's. */
  public boolean isKnown(Tenant tenant, String name) {
    return EventTypes.isBuiltIn(name) || isCustom(tenant, name);
  }

  /** Whether the tenant registered the type. */
  public boolean isCustom(Tenant tenant, String name) {
    return find(tenant, name).isPresent();
  }

  /** Whether there is a type below the prefix, as {@code plan.started} is below {@code plan}. */
  public boolean isKnownPrefix(Tenant tenant, String prefix) {
    String start = prefix + ".";
    return EventTypes.names().stream().anyMatch(name -> name.startsWith(start))
        || repository.anyStartsWith(tenant, start);
  }

  /** The names of types, the built-in ones first, at most so many of the tenant's own. */
  public List<String> names(Tenant tenant, int ownLimit) {
    List<String> names = new ArrayList<>(EventTypes.names());
    names.addAll(ownNames(tenant, ownLimit));
    return names;
  }

  /** The names of the tenant's own types, at most so many. */
  public List<String> ownNames(Tenant tenant, int limit) {
    return repository.names(tenant, limit);
  }

  /**
   * What is wrong with the data of an event of the tenant's type; empty if nothing is, or the type
   * has no schema.
   *
   * @param name a type for which {@link #isCustom} holds
   */
  public List<FieldError> check(Tenant tenant, String name, JsonNode data) {
    return find(tenant, name)
        .map(Compiled::schema)
        .map(schema -> schema.check(data))
        .orElse(List.of());
  }

  private Optional<Compiled> find(Tenant tenant, String name) {
    Key key = new Key(tenant, name);
    Compiled cached = compiled.getIfPresent(key);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<Compiled> found = repository.find(tenant, name).map(EventTypeCatalogue::compile);
    found.ifPresent(type -> compiled.put(key, type));
    return found;
  }

  private static Compiled compile(CustomEventType type) {
    try {
      JsonNode schema = type.schema();
      return new Compiled(schema == null ? null : DataSchema.compile(schema));
    } catch (InvalidDataSchemaException e) {
      throw new IllegalStateException("The stored schema of " + type.name() + " is invalid", e);
    }
  }

  private record Key(Tenant tenant, String name) {}

  private record Compiled(@Nullable DataSchema schema) {}
}
