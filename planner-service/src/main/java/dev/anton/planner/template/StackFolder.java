package dev.anton.planner.template;

import dev.anton.planner.brief.Language;

/** A stack that templates are offered for; its folder lies beside this class's resources. */
enum StackFolder {
  PYTHON("python", Language.PYTHON, Dialect.PYTHON),
  NODE("node", Language.JAVASCRIPT, Dialect.NODE),
  JAVA("java", Language.JAVA, Dialect.JAVA);

  private final String folder;
  private final Language language;
  private final Dialect dialect;

  StackFolder(String folder, Language language, Dialect dialect) {
    this.folder = folder;
    this.language = language;
    this.dialect = dialect;
  }

  String folder() {
    return folder;
  }

  Language language() {
    return language;
  }

  Dialect dialect() {
    return dialect;
  }
}
