package dev.anton.planner.project;

import dev.anton.planner.brief.ProjectBrief;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a project and of its folder.
 *
 * @param value 1 to 50 letters, digits, dashes and underscores, the first a letter or digit: no dot
 *     and no slash, so that it can never lead out of the workspace
 */
public record ProjectName(String value) {

  public static final int MAX_LENGTH = 50;

  /** The names that are devices on Windows are left out. */
  public static final String PATTERN =
      "(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[A-Za-z0-9][A-Za-z0-9_-]{0,49}";

  private static final Pattern FORM = Pattern.compile(PATTERN);
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern UNUSABLE = Pattern.compile("[^a-z0-9]+");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public ProjectName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("No project can be called that");
    }
  }

  /** Made of what the project is about and what it is, such as {@code todo-list-api}. */
  public static ProjectName of(ProjectBrief brief) {
    String suffix = brief.kind().nameSuffix();
    String subject = slug(brief.subject(), MAX_LENGTH - suffix.length() - 1);
    return new ProjectName(subject.isEmpty() ? suffix : subject + "-" + suffix);
  }

  /** The name with a number: {@code todo-api} becomes {@code todo-api-2}. */
  public ProjectName numbered(int number) {
    String suffix = "-" + number;
    int kept = Math.min(value.length(), MAX_LENGTH - suffix.length());
    return new ProjectName(value.substring(0, kept) + suffix);
  }

  /** Equal for names that some file systems cannot tell apart. */
  String key() {
    return value.toLowerCase(Locale.ROOT);
  }

  private static String slug(String text, int maxLength) {
    String plain =
        ACCENTS
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
            .replaceAll("")
            .toLowerCase(Locale.ROOT);
    String dashed = UNUSABLE.matcher(plain).replaceAll("-");
    String cut = dashed.substring(0, Math.min(dashed.length(), maxLength));
    return cut.replaceAll("^-+|-+$", "");
  }

  @Override
  public String toString() {
    return value;
  }
}
