package dev.anton.planner.review;

import dev.anton.schemas.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/** What a review came to. */
public sealed interface Verdict {

  /** In words, for people who follow the session. */
  String summary();

  /**
   * The plan can run.
   *
   * @param plan mended
   * @param mended what was mended in it
   * @param criticalPath ids of a longest chain of nodes, first to last
   */
  record Accepted(Plan plan, List<Finding> mended, List<String> criticalPath) implements Verdict {

    public Accepted {
      mended = List.copyOf(mended);
      criticalPath = List.copyOf(criticalPath);
    }

    @Override
    public String summary() {
      String length =
          "%d nodes in %d rounds at best".formatted(plan.nodes().size(), criticalPath.size());
      return mended.isEmpty()
          ? "Reviewed the plan: " + length + ", nothing to mend"
          : "Reviewed the plan: %s; mended: %s".formatted(length, details(mended));
    }
  }

  /**
   * The plan cannot run.
   *
   * @param findings why, at least one
   */
  record Rejected(List<Finding> findings) implements Verdict {

    public Rejected {
      findings = List.copyOf(findings);
    }

    @Override
    public String summary() {
      return "The plan cannot run: " + details(findings);
    }
  }

  private static String details(List<Finding> findings) {
    int shown = 5;
    String text =
        findings.stream().limit(shown).map(Finding::detail).collect(Collectors.joining("; "));
    return findings.size() > shown
        ? text + "; and %d more".formatted(findings.size() - shown)
        : text;
  }
}
