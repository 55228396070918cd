package dev.anton.dispatcher.reading;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.reading.EventReads.Position;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/events")
class EventController {

  /** As many deliveries of an event as are shown; more are found by webhook. */
  private static final int MAX_DELIVERIES = 250;

  private final EventReads events;
  private final DeliveryReads deliveries;

  EventController(EventReads events, DeliveryReads deliveries) {
    this.events = events;
    this.deliveries = deliveries;
  }

  @GetMapping
  @Operation(
      summary = "Events that were seen on the backbone, newest first",
      description =
          """
          Whether they matched a webhook or not. `type` is a name, `key` what they belong to (a \
          session, an execution, a job); `since` (inclusive) and `until` (exclusive) are of the \
          event's own time.\
          """)
  Page<EventView> list(
      Tenant tenant,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String key,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable Instant until,
      PageRequest page) {
    EventReads.Query query =
        new EventReads.Query(type, key, new TimeRange(since, until), Position.parse(page.after()));
    return Page.of(events.list(tenant, query, page.limit() + 1), page, Position::text);
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "An event with its deliveries, those of replays included",
      description = "`deliveries` is empty if it matched no webhook; at most 250 are shown.")
  EventView get(Tenant tenant, @PathVariable String id) {
    EventView event =
        events.find(tenant, id).orElseThrow(() -> ProblemException.notFound("event", id));
    return event.with(deliveries.ofEvent(tenant, id, event.timestamp(), MAX_DELIVERIES));
  }
}
