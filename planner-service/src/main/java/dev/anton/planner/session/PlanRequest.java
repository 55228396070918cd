package dev.anton.planner.session;

import dev.anton.planner.project.ProjectName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param prompt what to build, in words
 * @param projectName absent: made from the prompt; if it is in use, a number is appended
 * @param execute whether the plan is run when it is there
 */
record PlanRequest(
    @Schema(
            description = "What to build, in words",
            example = "Build a REST API for a todo list in Python")
        @NotBlank(message = "says in words what to build; it must not be empty")
        @CodePointLength(
            max = MAX_PROMPT,
            message = "has at most 10,000 characters; put what is longer into the project later")
        @Pattern(
            regexp = "[^\\x{0}\\p{Cs}]*",
            message = "is text: it must hold no NUL and no half of a surrogate pair")
        String prompt,
    @Schema(description = "Absent: made from the prompt. In use: a number is appended")
        @Pattern(
            regexp = ProjectName.PATTERN,
            message =
                "has 1 to 50 letters, digits, dashes and underscores, starts with a letter or"
                    + " digit, and is no device's name on Windows, such as con")
        @Nullable String projectName,
    @Schema(description = "Whether the plan is run when it is there", defaultValue = "false")
        boolean execute,
    @Valid @Nullable PlanConfig config) {

  /**
   * In characters (code points). Generous for a description, and small enough to be read in
   * milliseconds and to fit into any model's context later.
   */
  static final int MAX_PROMPT = 10_000;

  PlanConfig configOrDefault() {
    return config == null ? PlanConfig.DEFAULT : config;
  }
}
