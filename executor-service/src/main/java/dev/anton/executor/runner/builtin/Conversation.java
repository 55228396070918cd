package dev.anton.executor.runner.builtin;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model has been told and has answered so far.
 *
 * @param system what holds for all of it
 * @param turns the first and each second after it is ours
 */
record Conversation(String system, List<String> turns) {

  Conversation {
    turns = List.copyOf(turns);
  }

  static Conversation begin(String system, String question) {
    return new Conversation(system, List.of(question));
  }

  /** Goes on with the model's answer and what we have against it. */
  Conversation with(String answer, String objection) {
    List<String> more = new ArrayList<>(turns);
    // No provider takes an empty turn.
    more.add(answer.isBlank() ? "{}" : answer);
    more.add(objection);
    return new Conversation(system, more);
  }
}
