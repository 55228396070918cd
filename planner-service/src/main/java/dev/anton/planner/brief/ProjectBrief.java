package dev.anton.planner.brief;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a prompt asks for, complete: what it left open is filled in.
 *
 * @param subject what the project is about, a few words of the prompt, such as {@code todo list}
 * @param entities at least one
 * @param assumptions what was filled in, each a clause such as {@code the language is Python}
 */
public record ProjectBrief(
    String subject,
    ProjectKind kind,
    Stack stack,
    List<Entity> entities,
    Set<Feature> features,
    List<String> assumptions) {

  public ProjectBrief {
    entities = List.copyOf(entities);
    features = Set.copyOf(features);
    assumptions = List.copyOf(assumptions);
  }

  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** Such as {@code a REST API in Python for Todo(title, done)}. */
  public String summary() {
    return "%s in %s for %s"
        .formatted(
            kind.label(),
            stack.label(),
            entities.stream().map(Entity::signature).collect(Collectors.joining(", ")));
  }
}
