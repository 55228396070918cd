package dev.anton.planner.brief;

/** What sort of software a project is. Not every kind has a template. */
public enum ProjectKind {
  REST_API("a REST API", "api"),
  COMMAND_LINE_TOOL("a command-line tool", "cli"),
  LIBRARY("a library", "lib"),
  STATIC_SITE("a static web site", "site"),
  DATA_PIPELINE("a data pipeline", "pipeline"),
  WEB_APP("a web application with a user interface", "web"),
  MOBILE_APP("a mobile app", "mobile"),
  DESKTOP_APP("a desktop application", "desktop"),
  GAME("a game", "game"),
  BOT("a bot", "bot");

  private final String label;
  private final String nameSuffix;

  ProjectKind(String label, String nameSuffix) {
    this.label = label;
    this.nameSuffix = nameSuffix;
  }

  /** With its article, such as {@code a REST API}. */
  public String label() {
    return label;
  }

  /** The last word of the names of such projects, such as {@code api}. */
  public String nameSuffix() {
    return nameSuffix;
  }
}
