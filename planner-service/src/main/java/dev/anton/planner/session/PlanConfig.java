package dev.anton.planner.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is made and run.
 *
 * @param maxParallelization nodes that may run at a time, 1 to 64; absent: the executor's default
 * @param includeTests absent: what the prompt says, which is yes unless it says no
 * @param includeDocs absent: what the prompt says, which is yes unless it says no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanConfig(
    @Schema(description = "Nodes that may run at a time; absent: the executor's default")
        @Min(value = 1, message = BOUNDS)
        @Max(value = MAX_PARALLELIZATION, message = BOUNDS)
        @Nullable Integer maxParallelization,
    @Schema(description = "Absent: yes, unless the prompt says no") @Nullable Boolean includeTests,
    @Schema(description = "Absent: yes, unless the prompt says no") @Nullable Boolean includeDocs) {

  static final int MAX_PARALLELIZATION = 64;
  static final PlanConfig DEFAULT = new PlanConfig(null, null, null);

  private static final String BOUNDS = "is a whole number from 1 to 64";
}
