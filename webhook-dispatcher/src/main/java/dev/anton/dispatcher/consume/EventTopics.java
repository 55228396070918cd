package dev.anton.dispatcher.consume;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.Topics;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which topics are read, and whose events may be on them. */
public final class EventTopics {

  private static final List<String> OWN =
      Stream.concat(Topics.BUILT_IN.stream(), Stream.of(Topics.CUSTOM_EVENTS)).toList();

  /** What the dispatcher writes itself is never read as events, whatever a pattern says. */
  private static final List<String> WRITTEN =
      List.of(Topics.DEAD_LETTER, Topics.UNDECODABLE, Topics.EXECUTION_COMMANDS);

  private final List<Binding> bindings;
  private final Pattern pattern;

  public EventTopics(List<ConsumeSettings.TopicBinding> others) {
    this.bindings =
        others.stream()
            .map(other -> new Binding(Pattern.compile(other.pattern()), new Tenant(other.tenant())))
            .toList();
    String all =
        Stream.concat(
                OWN.stream().map(Pattern::quote),
                others.stream().map(other -> "(?:" + other.pattern() + ")"))
            .collect(Collectors.joining("|"));
    String never = WRITTEN.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    this.pattern = Pattern.compile("(?!(?:" + never + "|__.*)$)(?:" + all + ")");
  }

  /** Matches the names of all topics that are read. */
  public Pattern pattern() {
    return pattern;
  }

  static boolean isBuiltIn(String topic) {
    return Topics.BUILT_IN.contains(topic);
  }

  /** The tenant that a topic is bound to; empty for our own topics, which hold everybody's. */
  public Optional<Tenant> boundTenant(String topic) {
    if (OWN.contains(topic)) {
      return Optional.empty();
    }
    return bindings.stream()
        .filter(binding -> binding.pattern().matcher(topic).matches())
        .map(Binding::tenant)
        .findFirst();
  }

  private record Binding(Pattern pattern, Tenant tenant) {}
}
