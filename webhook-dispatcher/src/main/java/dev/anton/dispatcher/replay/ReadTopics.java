package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.consume.EventCheck;
import dev.anton.dispatcher.consume.EventTopics;
import dev.anton.schemas.id.Tenant;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The topics that events are taken in from, and what counts as an event there. */
final class ReadTopics {

  private final EventTopics topics;
  private final EventCheck check;
  private final Pattern names;

  ReadTopics(EventTopics topics) {
    this.topics = topics;
    this.check = new EventCheck(topics);
    this.names = topics.pattern();
  }

  /** Names of topics that may have events of this tenant. */
  Predicate<String> of(Tenant tenant) {
    return name ->
        names.matcher(name).matches() && topics.boundTenant(name).map(tenant::equals).orElse(true);
  }

  EventCheck check() {
    return check;
  }
}
