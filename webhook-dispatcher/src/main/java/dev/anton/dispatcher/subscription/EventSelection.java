package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.eventtype.EventTypeCatalogue;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.id.Tenant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which events a subscription may name. */
@Component
public final class EventSelection {

  private static final String FIELD = "events";
  private static final String UNKNOWN = "unknown-event";
  private static final int MAX_EVENTS = 100;
  private static final int MAX_NAME = 200;

  /** More of a tenant's own types than that are not listed in an error. */
  private static final int LISTED_OWN = 100;

  private final EventTypeCatalogue catalogue;

  EventSelection(EventTypeCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The field {@code events} without repetitions; null if it was refused. */
  public @Nullable List<String> read(BodyReader body, Tenant tenant) {
    List<String> events = body.texts(FIELD, MAX_EVENTS, MAX_NAME);
    if (body.node(FIELD) == null || (events != null && events.isEmpty())) {
      body.refuse(
          UNKNOWN,
          FIELD,
          "events names at least one event, such as plan.completed, plan.* or *; " + known(tenant));
      return null;
    }
    if (events == null) {
      return null;
    }
    boolean listed = false;
    for (int i = 0; i < events.size(); i++) {
      if (!isKnown(tenant, events.get(i))) {
        String sentence = "There is no event " + events.get(i) + "; ";
        // The list once: a hundred of them would be an answer of a hundred pages.
        body.refuse(
            UNKNOWN,
            FIELD,
            Integer.toString(i),
            sentence + (listed ? "the first error lists the known ones" : known(tenant)));
        listed = true;
      }
    }
    return listed ? null : events.stream().distinct().toList();
  }

  private boolean isKnown(Tenant tenant, String event) {
    if (event.equals("*")) {
      return true;
    }
    return event.endsWith(".*")
        ? catalogue.isKnownPrefix(tenant, event.substring(0, event.length() - 2))
        : catalogue.isKnown(tenant, event);
  }

  private String known(Tenant tenant) {
    List<String> names = catalogue.names(tenant, LISTED_OWN);
    TreeSet<String> prefixes = new TreeSet<>();
    names.forEach(name -> prefixes.add(name.substring(0, name.indexOf('.')) + ".*"));
    String more =
        names.size() - EventTypes.names().size() == LISTED_OWN
            ? " and more (GET /api/event-types)"
            : "";
    return "known are "
        + String.join(", ", names)
        + more
        + ", and "
        + String.join(", ", prefixes)
        + " and * for all";
  }
}
