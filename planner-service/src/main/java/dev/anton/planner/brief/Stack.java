package dev.anton.planner.brief;

import java.util.List;

/**
 * What a project is to be made with.
 *
 * @param technologies frameworks, databases and protocols that the prompt names, such as {@code
 *     FastAPI}; empty when the language's standard library is enough
 */
public record Stack(Language language, List<String> technologies) {

  public Stack {
    technologies = List.copyOf(technologies);
  }

  /** Such as {@code Python with FastAPI and PostgreSQL}. */
  public String label() {
    return technologies.isEmpty()
        ? language.label()
        : language.label() + " with " + String.join(" and ", technologies);
  }
}
