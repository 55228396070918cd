package dev.anton.planner.session;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a session is at. A session that nobody has worked on yet is {@link #INITIALIZING}. */
enum Step {
  INITIALIZING("initializing", "Starting planning process"),
  VALIDATING("validating", "Validating if the prompt describes a software project"),
  PROJECT_CREATED("project-created", "Creating the project folder and git repo"),
  PLANNING("planning", "Generating the execution plan"),
  REVIEWING("reviewing", "Reviewing and optimizing the plan");

  private final String wire;
  private final String beginMessage;

  Step(String wire, String beginMessage) {
    this.wire = wire;
    this.beginMessage = beginMessage;
  }

  /**
   * @throws IllegalArgumentException if there is no such step
   */
  static Step of(String wire) {
    return Arrays.stream(values())
        .filter(step -> step.wire.equals(wire))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no step " + wire));
  }

  /** The step after this one; the last one's is itself. */
  Step next() {
    return switch (this) {
      case INITIALIZING -> VALIDATING;
      case VALIDATING -> PROJECT_CREATED;
      case PROJECT_CREATED -> PLANNING;
      case PLANNING, REVIEWING -> REVIEWING;
    };
  }

  @JsonValue
  String wire() {
    return wire;
  }

  /** What the step is called when it fails: before the project is there, it is its creation. */
  String failureName() {
    return this == PROJECT_CREATED ? "project-creation" : wire;
  }

  String beginMessage() {
    return beginMessage;
  }
}
