package dev.anton.planner.brief;

/** What a project can have beside its core. */
public enum Feature {
  STORAGE("storage that outlives a restart"),
  AUTHENTICATION("authentication"),
  TESTS("tests"),
  DOCS("docs"),
  CONTAINER("a container file"),
  CI("a CI workflow");

  private final String label;

  Feature(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
