package dev.anton.planner.prompt;

import java.util.Set;

/** The words by which things and their fields are found. */
final class EntityWords {

  static final Set<String> OBJECT_CUES =
      Tokens.words(
          """
          for of about manage manages managing track tracks tracking stores storing handle
          handles handling organize organizes organise organises borrow borrows sell sells
          exposing exposes expose serving serves imports importing loads loading cleans
          cleaning processes processing validates validating collects collecting converts
          """);

  static final Set<String> PART_CUES =
      Set.of("with", "has", "have", "having", "containing", "contains", "including", "includes");

  /** Someone who does something is no thing to record: users can …, for people to …. */
  static final Set<String> ACTING =
      Tokens.words(
          """
          can could should may must will to want need
          """);

  static final Set<String> CONTAINERS =
      Tokens.words(
          """
          list lists tracker manager management catalog catalogue collection collections
          record records registry directory organizer organiser log diary api data
          information tracking keeping
          """);

  static final Set<String> PARTS_OF_A_WHOLE = Set.of("item", "entry", "record");

  static final Set<String> FIELD_WORDS =
      Set.of(
          "field",
          "fields",
          "attribute",
          "attributes",
          "property",
          "properties",
          "column",
          "columns");

  static final Set<String> NO_THINGS =
      Tokens.words(
          """
          fun me us everyone learning practice beginner beginners purpose thing things
          stuff use example performance code operation operations error errors handling
          validation pagination way best practices quality filtering sorting design
          dependency dependencies reject file csv json xml spreadsheet row column today tomorrow week free wife husband boss it everything
          """);

  private EntityWords() {}
}
