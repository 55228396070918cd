package dev.anton.dispatcher.stream;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.matching.EventPattern;
import dev.anton.schemas.kafka.EventRecord;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of a tenant's events a client listens to; without types, to all. */
record StreamFilter(List<String> types, @Nullable String key) {

  private static final int MAX_TYPES = 100;

  private static final Pattern FORM = Pattern.compile("\\*|[!-)+-~]{1,255}(?:(?<=\\.)\\*)?");

  StreamFilter {
    types = List.copyOf(types);
  }

  /**
   * Reads what the client asked for.
   *
   * @param types each may name several, separated by commas
   * @throws ProblemException if one is of none of the three forms
   */
  static StreamFilter parse(@Nullable List<String> types, @Nullable String key) {
    List<String> each =
        types == null
            ? List.of()
            : types.stream()
                .flatMap(some -> Arrays.stream(some.split(",", -1)))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .distinct()
                .toList();
    if (each.size() > MAX_TYPES || !each.stream().allMatch(FORM.asMatchPredicate())) {
      throw ProblemException.badInput(
          "invalid-type",
          "type",
          "type names up to 100 event types: exactly, as a prefix such as plan.*, or all by *");
    }
    return new StreamFilter(each, key);
  }

  boolean accepts(EventRecord event) {
    return (key == null || key.equals(event.key()))
        && (types.isEmpty()
            || types.stream().anyMatch(type -> EventPattern.matches(type, event.type())));
  }
}
