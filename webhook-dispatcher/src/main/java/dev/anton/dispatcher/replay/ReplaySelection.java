package dev.anton.dispatcher.replay;

import dev.anton.dispatcher.body.BodyReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which events a replay delivers again. */
enum ReplaySelection {
  /** Whose delivery ended dead or skipped and which did not get there otherwise since. */
  FAILED("failed"),
  /** That were matched, whatever became of the delivery, but for those still on their way. */
  ALL("all"),
  /** That match the subscription as it is now and were never attempted, read from the log. */
  MISSED("missed"),
  /** Of dead letters, of one webhook or of all. Not asked for by name. */
  DEAD_LETTERS("dead-letters");

  private static final List<ReplaySelection> ASKED_FOR = List.of(FAILED, ALL, MISSED);

  private final String wireName;

  ReplaySelection(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  static ReplaySelection of(String name) {
    return find(name).orElseThrow();
  }

  /** The field {@code status}; {@code failed} if it is absent or refused. */
  static ReplaySelection read(BodyReader body) {
    String name = body.text("status", 20);
    if (name == null) {
      return FAILED;
    }
    Optional<ReplaySelection> found = find(name).filter(ASKED_FOR::contains);
    if (found.isEmpty()) {
      body.refuse("invalid-status", "status", "status is one of failed, all, missed");
    }
    return found.orElse(FAILED);
  }

  private static Optional<ReplaySelection> find(@Nullable String name) {
    return Arrays.stream(values()).filter(value -> value.wireName.equals(name)).findFirst();
  }
}
