package dev.anton.planner.brief;

/** A programming language that a prompt can ask for. */
public enum Language {
  PYTHON("Python"),
  JAVASCRIPT("JavaScript"),
  TYPESCRIPT("TypeScript"),
  JAVA("Java"),
  KOTLIN("Kotlin"),
  SCALA("Scala"),
  GO("Go"),
  RUST("Rust"),
  C("C"),
  C_PLUS_PLUS("C++"),
  C_SHARP("C#"),
  RUBY("Ruby"),
  PHP("PHP"),
  SWIFT("Swift"),
  DART("Dart"),
  ELIXIR("Elixir"),
  HASKELL("Haskell"),
  PERL("Perl"),
  R("R"),
  LUA("Lua");

  private final String label;

  Language(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
