package dev.anton.dispatcher.matching;

import dev.anton.dispatcher.filter.EventFilter;
import dev.anton.dispatcher.filter.FilterFailedException;
import dev.anton.dispatcher.filter.FilteredEvent;
import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.schemas.kafka.EventRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the filters of the subscriptions that {@link SubscriptionIndex#match} found. Where none has
 * a filter, nothing is made and the event's data is not read.
 */
public final class EventFilters {

  private final MeterRegistry meters;

  public EventFilters(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * What filters say.
   *
   * @param matched subscriptions that the event goes to, those in {@code failed} included
   * @param failed the reason, by subscription id, where a filter says neither yes nor no: to be
   *     recorded as skipped
   * @param filtered subscriptions whose filter said no
   */
  public record Selection(List<Subscription> matched, Map<String, String> failed, int filtered) {}

  /** Asks each filter once; none takes longer than its bound, and all together neither. */
  public Selection select(EventRecord event, List<Subscription> candidates) {
    for (Subscription candidate : candidates) {
      if (candidate.filter() != null) {
        return ask(new FilteredEvent(event), candidates);
      }
    }
    return new Selection(candidates, Map.of(), 0);
  }

  private Selection ask(FilteredEvent event, List<Subscription> candidates) {
    List<Subscription> matched = new ArrayList<>(candidates.size());
    Map<String, String> failed = new HashMap<>();
    for (Subscription candidate : candidates) {
      EventFilter filter = candidate.filter();
      try {
        if (filter == null) {
          matched.add(candidate);
        } else if (filter.accepts(event)) {
          count("accepted");
          matched.add(candidate);
        } else {
          count("rejected");
        }
      } catch (FilterFailedException e) {
        count(e.kind().tag());
        matched.add(candidate);
        failed.put(candidate.id(), String.valueOf(e.getMessage()));
      }
    }
    return new Selection(matched, failed, candidates.size() - matched.size());
  }

  private void count(String result) {
    Counter.builder("anton.filters")
        .description("Filters that were asked, by what they said")
        .tag("result", result)
        .register(meters)
        .increment();
  }
}
