package dev.anton.planner.project;

import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.util.HashMap;
import java.util.Map;

/** A plan as a Mermaid flowchart, which renders whatever the labels hold. */
final class MermaidGraph {

  /** Code points; a longer label makes a graph that nobody can read. */
  private static final int MAX_LABEL = 120;

  /** Beside letters and digits, what has no meaning within a quoted label. */
  private static final String PLAIN = " .,-_/:()+=";

  private MermaidGraph() {}

  static String of(Plan plan) {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    // Mermaid's own words, such as end, are no names of nodes there.
    Map<String, String> names = new HashMap<>();
    for (Node node : plan.nodes()) {
      String name = "n" + names.size();
      names.put(node.id(), name);
      text.append("  %s[\"%s\"]\n".formatted(name, label(node)));
    }
    for (Node node : plan.nodes()) {
      for (String dependency : node.dependencies()) {
        text.append("  %s --> %s\n".formatted(names.get(dependency), names.get(node.id())));
      }
    }
    return text.toString();
  }

  private static String label(Node node) {
    String label = node.label().replaceAll("\\s+", " ").strip();
    String shown = label.isEmpty() ? node.id() : label;
    StringBuilder escaped = new StringBuilder();
    shown.codePoints().limit(MAX_LABEL).forEach(codePoint -> append(escaped, codePoint));
    if (shown.codePointCount(0, shown.length()) > MAX_LABEL) {
      escaped.append("…");
    }
    return escaped.toString();
  }

  /** Mermaid's form of a character reference is {@code #35;}. */
  private static void append(StringBuilder escaped, int codePoint) {
    if (Invisible.is(codePoint)) {
      escaped.append('\uFFFD');
    } else if (codePoint > 0x7F
        || Character.isLetterOrDigit(codePoint)
        || PLAIN.indexOf(codePoint) >= 0) {
      escaped.appendCodePoint(codePoint);
    } else {
      escaped.append('#').append(codePoint).append(';');
    }
  }
}
