package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.DraftedFiles.Drafted;
import dev.anton.executor.runner.builtin.ModelAnswer.Ending;
import dev.anton.executor.runner.builtin.ModelClient.ModelException;
import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Has a language model write files as the node's instructions say: {@code {"files"?: [paths to
 * write], "context"?: [paths to show]}}. It is off unless the operator names a provider. The model
 * answers with JSON; an answer that cannot be used is sent back with what is wrong, a few times.
 * Files are written when all of them can be, inside the project only. The output is {@code
 * {"files", "model", "tokens", "calls"}}.
 *
 * <p>Settings: {@code provider}, {@code model}, {@code api-key}, {@code base-url}, and the limits
 * of {@link ModelSettings.Limits}.
 */
@RunnerName("llm")
public final class LlmRunner implements NodeRunner {

  private static final int SHOWN_CHARACTERS = 500;

  @Override
  public Optional<String> unavailable(Map<String, String> settings) {
    try {
      ModelSettings.of(settings);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public NodeResult run(NodeContext context) throws IOException, InterruptedException {
    ModelSettings settings;
    Assignment assignment;
    try {
      settings = ModelSettings.of(context.settings());
      assignment = Assignment.of(context, settings.limits().contextBytes());
    } catch (IllegalArgumentException e) {
      return NodeResult.badInput("The runner llm cannot be used here: " + e.getMessage());
    } catch (RefusedException e) {
      return NodeResult.badInput(e.reason());
    }
    try {
      return converse(context, settings, assignment);
    } catch (ModelException e) {
      return new NodeResult.Failed(e.reason(), e.retryable());
    }
  }

  private static NodeResult converse(
      NodeContext context, ModelSettings settings, Assignment assignment)
      throws ModelException, IOException, InterruptedException {
    ModelClient client = new ModelClient(settings);
    Conversation conversation = assignment.conversation();
    int tokens = 0;
    for (int call = 1; ; call++) {
      ModelAnswer answer = client.ask(conversation);
      tokens += answer.tokens();
      context
          .log()
          .line(
              "call %d: %d tokens, %s"
                  .formatted(
                      call, answer.tokens(), answer.ending().name().toLowerCase(Locale.ROOT)));
      if (answer.ending() == Ending.REFUSED) {
        return NodeResult.badInput(
            "The model refused" + (answer.text().isBlank() ? "" : ": ") + cut(answer.text()));
      }
      DraftedFiles draft =
          DraftedFiles.read(
              answer.text(), context.projectFolder(), assignment.allowed(), settings.limits());
      String objection =
          answer.ending() == Ending.CUT
              ? "Your answer was cut off after %d tokens. Answer again with shorter files"
                  .formatted(settings.limits().outputTokens())
              : String.join("\n", draft.problems());
      if (objection.isEmpty()) {
        return written(context, settings, draft, new Cost(tokens, call));
      }
      context.log().line("call " + call + " cannot be used: " + objection);
      if (call > settings.limits().corrections() || tokens >= settings.limits().tokens()) {
        return NodeResult.failed(
            "The model's answer cannot be used after %d calls and %d tokens: %s"
                .formatted(call, tokens, cut(objection)));
      }
      conversation = conversation.with(answer.text(), objection);
    }
  }

  private record Cost(int tokens, int calls) {}

  private static NodeResult written(
      NodeContext context, ModelSettings settings, DraftedFiles draft, Cost cost)
      throws IOException {
    for (Drafted file : draft.files()) {
      try {
        ProjectFiles.write(
            context.projectFolder(), file.path(), file.target(), file.content(), false);
      } catch (RefusedException e) {
        return NodeResult.failed(e.reason());
      }
      context.log().line("wrote " + file.path());
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("files", draft.files().stream().map(Drafted::path).toList());
    output.put("model", settings.endpoint().model());
    output.put("tokens", cost.tokens());
    output.put("calls", cost.calls());
    return NodeResult.completed(output);
  }

  private static String cut(String text) {
    return text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
  }
}
