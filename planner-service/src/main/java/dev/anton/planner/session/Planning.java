package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.planning.NotOnOfferException;
import dev.anton.planner.planning.PlanGenerator;
import dev.anton.schemas.plan.Plan;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has the plan generated. */
@Component
final class Planning implements StepWork {

  private final PlanGenerator generator;

  Planning(PlanGenerator generator) {
    this.generator = generator;
  }

  @Override
  public Step step() {
    return Step.PLANNING;
  }

  @Override
  public Transition work(Session session, Lease lease) throws StepFailedException {
    ProjectBrief brief = Objects.requireNonNull(session.findings().brief());
    String name = Objects.requireNonNull(session.findings().projectName()).value();
    try {
      Plan plan = generator.generate(configured(brief, session.request().configOrDefault()), name);
      return Transition.next(
          session,
          session.findings().with(plan),
          "Generated a plan of %d nodes for %s".formatted(plan.nodes().size(), brief.summary()));
    } catch (NotOnOfferException e) {
      throw new StepFailedException(Objects.requireNonNull(e.getMessage()));
    }
  }

  /** What the request says counts more than what the prompt says. */
  private static ProjectBrief configured(ProjectBrief brief, PlanConfig config) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    features.addAll(brief.features());
    set(features, Feature.TESTS, config.includeTests());
    set(features, Feature.DOCS, config.includeDocs());
    return new ProjectBrief(
        brief.subject(),
        brief.kind(),
        brief.stack(),
        brief.entities(),
        features,
        brief.assumptions());
  }

  private static void set(Set<Feature> features, Feature feature, @Nullable Boolean wanted) {
    if (wanted != null && wanted) {
      features.add(feature);
    } else if (wanted != null) {
      features.remove(feature);
    }
  }
}
