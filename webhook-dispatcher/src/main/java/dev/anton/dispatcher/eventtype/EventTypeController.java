package dev.anton.dispatcher.eventtype;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/event-types")
class EventTypeController {

  private final EventTypeRepository repository;
  private final EventTypeProperties properties;
  private final Clock clock;

  EventTypeController(EventTypeRepository repository, EventTypeProperties properties, Clock clock) {
    this.repository = repository;
    this.properties = properties;
    this.clock = clock;
  }

  /** By name, the built-in types among the tenant's own. */
  @GetMapping
  Page<EventTypeView> list(Tenant tenant, PageRequest page) {
    String after = page.after() == null ? "" : page.after();
    Stream<EventTypeView> builtIn =
        EventTypes.names().stream()
            .filter(name -> name.compareTo(after) > 0)
            .map(EventTypeView::ofBuiltIn);
    Stream<EventTypeView> own =
        repository.list(tenant, after, page.limit() + 1).stream().map(EventTypeView::of);
    List<EventTypeView> rows =
        Stream.concat(builtIn, own)
            .sorted(Comparator.comparing(EventTypeView::name))
            .limit(page.limit() + 1L)
            .map(EventTypeView::brief)
            .toList();
    return Page.of(rows, page, EventTypeView::name);
  }

  @GetMapping("/{name}")
  EventTypeView get(Tenant tenant, @PathVariable String name) {
    if (EventTypes.isBuiltIn(name)) {
      return EventTypeView.ofBuiltIn(name);
    }
    return repository
        .find(tenant, name)
        .map(EventTypeView::of)
        .orElseThrow(() -> ProblemException.notFound("event type", name));
  }

  @PostMapping
  ResponseEntity<EventTypeView> register(Tenant tenant, @RequestBody JsonNode body) {
    CustomEventType type = EventTypeRegistration.read(body, clock.instant());
    if (!repository.insert(tenant, type, properties.maxPerTenant())) {
      throw repository.find(tenant, type.name()).isPresent()
          ? ProblemException.conflict(
              "event-type-exists",
              "There is an event type " + type.name() + " already; types are never changed")
          : ProblemException.conflict(
              "too-many-event-types",
              "A tenant has at most " + properties.maxPerTenant() + " event types");
    }
    return ResponseEntity.created(URI.create("/api/event-types/" + type.name()))
        .body(EventTypeView.of(type));
  }
}
