package dev.anton.planner.review;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import dev.anton.schemas.plan.Plan.Retry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes plans out of choices, most of them wrong in several ways. No choices: the simplest. */
final class Mess {

  private static final List<String> IDS =
      List.of("a", "b", "c", "A", "a.b", "", "../x", "é", "n\n", "x".repeat(200));

  private static final List<String> RUNNERS =
      List.of("noop", "template", "command", "git", "llm", "shell", "");

  private static final List<String> DURATIONS =
      List.of(
          "30s", "PT1M", "", "soon", "-1s", "99999999999999999999h", "25h", "9223372036854775807d");

  private static final List<String> INPUTS =
      List.of(
          "{}",
          "[]",
          "null",
          "7",
          "{\"files\":7}",
          "{\"files\":[7,null,{}]}",
          "{\"files\":[{\"path\":7,\"content\":\"x\"}]}",
          "{\"command\":[]}",
          "{\"command\":[\"rm\",\"-rf\",\"/\"]}",
          "{\"command\":[\"python3\",7]}",
          "{\"command\":[\"python3\"],\"workingDirectory\":\"../..\"}",
          "{\"command\":[\"python3\"],\"env\":{\"LD_PRELOAD\":\"x\"}}",
          "{\"command\":[\"python3\",\"-V\"],\"workingDirectory\":\".\",\"env\":{\"A\":\"b\"}}");

  private static final List<String> PIECES =
      List.of(
          "a",
          "/",
          ".",
          "..",
          "\\",
          ".git",
          ".GIT",
          ".anton",
          "~",
          " ",
          "con",
          "NUL.txt",
          "\0",
          "\u200c",
          "\u202e",
          "git~1",
          "．git",
          ":",
          "é",
          "e\u0301",
          "\uD800",
          "x".repeat(300),
          "b.py",
          "/",
          "/");

  private final Iterator<Integer> choices;

  Mess(List<Integer> choices) {
    this.choices = choices.iterator();
  }

  static String path(List<Integer> choices) {
    StringBuilder path = new StringBuilder();
    choices.stream().limit(12).forEach(c -> path.append(PIECES.get(c % PIECES.size())));
    return path.toString();
  }

  Plan plan() {
    List<Node> nodes = new ArrayList<>();
    while (choices.hasNext() && nodes.size() < 12) {
      nodes.add(node());
    }
    return new Plan("p", "d", nodes);
  }

  private Node node() {
    String id = next() % 3 == 0 ? one(IDS) : "n" + next() % 6;
    List<String> dependencies = new ArrayList<>();
    for (int i = next() % 4; i > 0; i--) {
      dependencies.add(next() % 8 == 0 ? one(IDS) : "n" + next() % 6);
    }
    return new Node(
        id,
        "code",
        "label",
        "",
        one(RUNNERS),
        dependencies,
        inputs(),
        List.of(),
        retry(),
        timeout());
  }

  private JsonNode inputs() {
    if (next() % 3 == 0) {
      String path = PIECES.get(next() % PIECES.size()) + PIECES.get(next() % PIECES.size());
      JsonNode file = WireJson.mapper().createObjectNode().put("path", path).put("content", "x");
      return WireJson.mapper()
          .createObjectNode()
          .set("files", WireJson.mapper().createArrayNode().add(file));
    }
    return WireJson.mapper().readTree(one(INPUTS));
  }

  private @Nullable Retry retry() {
    return next() % 4 == 3 ? new Retry(next() % 30 - 4, timeout()) : null;
  }

  private @Nullable String timeout() {
    return next() % 4 == 3 ? one(DURATIONS) : null;
  }

  private String one(List<String> of) {
    return of.get(next() % of.size());
  }

  private int next() {
    return choices.hasNext() ? choices.next() : 0;
  }
}
