package dev.anton.planner.template;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What the tests of templates ask for: every kind in every stack, and names that are hard. */
final class Prompts {

  static final List<String> KINDS =
      List.of("REST API", "command-line tool", "library", "static web site", "data pipeline");

  static final List<String> STACKS = List.of("Python", "Node.js", "Java");

  private static final List<String> SUBJECTS =
      List.of(
          // The least there is.
          "notes",
          // Relations, every feature.
          "books and members who borrow books, projects with tasks, customers and orders, with"
              + " storage, authentication, Docker and CI",
          // Words that languages keep for themselves, and names of their own libraries.
          "classes (class, import, type: integer, default: boolean, order: date, self), objects"
              + " (public, constructor, name, limit: integer, offset: integer, help: boolean),"
              + " strings (length: integer), maps (key, get_class: decimal) and people with"
              + " storage",
          // Names of files and types that templates write themselves.
          "packages with lines, problems, tests, validations, supports, resources and whole files"
              + " with storage",
          // No text at all; without tests.
          "quotas (limit: integer, share: decimal), without tests");

  private Prompts() {}

  static Stream<String> everything() {
    return STACKS.stream().flatMap(Prompts::of);
  }

  static Stream<String> of(String stack) {
    return KINDS.stream()
        .flatMap(
            kind ->
                SUBJECTS.stream()
                    .map(subject -> "Build a %s in %s for %s".formatted(kind, stack, subject)));
  }

  static Stream<Arguments> kindsAndStacks() {
    return KINDS.stream().flatMap(kind -> STACKS.stream().map(stack -> Arguments.of(kind, stack)));
  }
}
