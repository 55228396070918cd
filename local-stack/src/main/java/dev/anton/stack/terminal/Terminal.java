package dev.anton.stack.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/**
 * Where output goes. Colours and updating lines are for a person's terminal; a pipe gets plain
 * lines.
 */
public final class Terminal {

  /** Erases the line and goes back to its beginning. */
  private static final String NEW_LINE_HERE = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean interactive;
  private final boolean coloured;
  private boolean passing;

  public Terminal(PrintWriter out, boolean interactive, boolean coloured) {
    this.out = out;
    this.interactive = interactive;
    this.coloured = coloured;
  }

  /** As the script that started us says. */
  public static Terminal of(PrintWriter out) {
    boolean interactive = Boolean.getBoolean("anton.terminal"); // the script can ask, we cannot
    Map<String, String> environment = System.getenv();
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty() // no-color.org
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(out, interactive, interactive && wanted);
  }

  /** Whether a person looks at it while it is written. */
  public boolean isInteractive() {
    return interactive;
  }

  /** Writes a line. */
  public synchronized void line(String text) {
    clearPassing();
    out.println(text);
    out.flush();
  }

  /** Writes a line that the next one replaces; nothing where nobody looks. */
  public synchronized void passing(String text) {
    if (interactive) {
      out.print(NEW_LINE_HERE + text);
      out.flush();
      passing = true;
    }
  }

  /** For what went well. */
  public String good(String text) {
    return colour("32", text);
  }

  /** For what did not. */
  public String bad(String text) {
    return colour("31", text);
  }

  /** For what matters less. */
  public String faint(String text) {
    return colour("2", text);
  }

  /** For headings. */
  public String strong(String text) {
    return colour("1", text);
  }

  /** Such as {@code 2.1 s}. */
  public static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private void clearPassing() {
    if (passing) {
      out.print(NEW_LINE_HERE);
      passing = false;
    }
  }

  private String colour(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
