package dev.anton.planner.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Who planned, and what it took.
 *
 * @param planner {@code model} or {@code rules}
 * @param model as the provider calls it; asked, whether or not the plan is its
 * @param fallback why the rules have planned
 * @param calls of the model, failed ones included
 * @param corrections how often the model was told what was wrong with its answer
 * @param inputTokens of all calls; estimated where the provider did not say
 * @param outputTokens of all calls; likewise
 * @param cost of all calls by the configured prices
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanningReport(
    String planner,
    String model,
    @Nullable String fallback,
    int calls,
    int corrections,
    long inputTokens,
    long outputTokens,
    BigDecimal cost) {

  public static final String MODEL = "model";
  public static final String RULES = "rules";
}
