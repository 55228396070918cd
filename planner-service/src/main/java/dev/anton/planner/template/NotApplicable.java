package dev.anton.planner.template;

import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Features that a kind of project has no place for, and why. The plan says so to who asked. */
public final class NotApplicable {

  private NotApplicable() {}

  /** Empty if projects of the kind can have the feature. */
  static Optional<String> reason(ProjectKind kind, Feature feature) {
    return switch (feature) {
      case AUTHENTICATION ->
          switch (kind) {
            case COMMAND_LINE_TOOL ->
                Optional.of("who may use its data file is decided by the file's permissions");
            case LIBRARY -> Optional.of("the program that uses it knows its users");
            case STATIC_SITE ->
                Optional.of("its files are public; the web server that serves them can ask");
            case DATA_PIPELINE ->
                Optional.of("nobody logs in to it; the scheduler that starts it is trusted");
            default -> Optional.empty();
          };
      case STORAGE ->
          kind == ProjectKind.STATIC_SITE
              ? Optional.of("its content lies in files under version control")
              : Optional.empty();
      case CONTAINER ->
          kind == ProjectKind.LIBRARY
              ? Optional.of("it runs inside the program that uses it")
              : Optional.empty();
      case TESTS, DOCS, CI -> Optional.empty();
    };
  }

  /** One for each feature that the brief asks for in vain, such as {@code Authentication …}. */
  public static List<String> sentences(ProjectBrief brief) {
    String label = brief.kind().label();
    return Arrays.stream(Feature.values())
        .filter(brief::has)
        .flatMap(
            feature ->
                reason(brief.kind(), feature).map(why -> sentence(feature, label, why)).stream())
        .toList();
  }

  private static String sentence(Feature feature, String kind, String why) {
    String name =
        switch (feature) {
          case STORAGE -> "storage";
          case CONTAINER -> "a container file";
          default -> feature.name().toLowerCase(Locale.ROOT);
        };
    return "%s does not apply to %s: %s".formatted(EntityView.capitalized(name), kind, why);
  }
}
