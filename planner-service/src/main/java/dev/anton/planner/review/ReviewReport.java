package dev.anton.planner.review;

import java.util.List;

/**
 * What is kept of a review, for those who ask later.
 *
 * @param accepted whether the plan can run
 * @param findingCount findings in all
 * @param findings the first of them, at most {@value #MAX_FINDINGS}: what was mended in an accepted
 *     plan, what keeps another from being run
 * @param criticalPath ids of a longest chain of nodes, first to last; empty if the plan cannot run
 */
public record ReviewReport(
    boolean accepted, int findingCount, List<Finding> findings, List<String> criticalPath) {

  public static final int MAX_FINDINGS = 100;

  public ReviewReport {
    findings = List.copyOf(findings);
    criticalPath = List.copyOf(criticalPath);
  }

  public static ReviewReport of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted(_, List<Finding> mended, List<String> criticalPath) ->
          new ReviewReport(true, mended.size(), first(mended), criticalPath);
      case Verdict.Rejected(List<Finding> findings) ->
          new ReviewReport(false, findings.size(), first(findings), List.of());
    };
  }

  private static List<Finding> first(List<Finding> findings) {
    return findings.subList(0, Math.min(findings.size(), MAX_FINDINGS));
  }
}
