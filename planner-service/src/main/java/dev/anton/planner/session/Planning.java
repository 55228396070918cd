package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.model.ModelPlan;
import dev.anton.planner.model.ModelPlanner;
import dev.anton.planner.model.NoModelPlanException;
import dev.anton.planner.model.PlanningAbandonedException;
import dev.anton.planner.model.PlanningOrder;
import dev.anton.planner.planning.NotOnOfferException;
import dev.anton.planner.planning.PlanGenerator;
import dev.anton.planner.session.Session.Findings;
import dev.anton.schemas.plan.Plan;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Has the plan generated: by the language model where there is one, else or instead by rules. */
@Component
final class Planning implements StepWork {

  private final PlanGenerator generator;
  private final @Nullable ModelPlanner model;
  private final StillWanted stillWanted;

  Planning(PlanGenerator generator, ObjectProvider<ModelPlanner> model, StillWanted stillWanted) {
    this.generator = generator;
    this.model = model.getIfAvailable();
    this.stillWanted = stillWanted;
  }

  @Override
  public Step step() {
    return Step.PLANNING;
  }

  @Override
  public Transition work(Session session, Lease lease)
      throws StepFailedException, LeaseLostException {
    ProjectBrief brief =
        configured(
            Objects.requireNonNull(session.findings().brief()),
            session.request().configOrDefault());
    String name = Objects.requireNonNull(session.findings().projectName()).value();
    try {
      if (model == null) {
        return planned(session, session.findings(), generator.generate(brief, name), brief);
      }
      PlanningOrder order =
          new PlanningOrder(session.id(), session.request().prompt(), brief, name);
      ModelPlan plan = model.plan(order, stillWanted.of(lease));
      return planned(session, session.findings().with(plan.report()), plan.plan(), brief);
    } catch (NoModelPlanException e) {
      return byRulesInstead(session, brief, name, e);
    } catch (PlanningAbandonedException e) {
      throw new LeaseLostException();
    } catch (NotOnOfferException e) {
      throw new StepFailedException(Objects.requireNonNull(e.getMessage()));
    }
  }

  private Transition byRulesInstead(
      Session session, ProjectBrief brief, String name, NoModelPlanException why) {
    Findings findings = session.findings().with(why.report());
    try {
      Plan plan = generator.generate(brief, name);
      Plan told =
          new Plan(
              plan.projectName(),
              "%s. Planned by rules: %s".formatted(plan.description(), lower(why.getMessage())),
              plan.nodes());
      return planned(session, findings, told, brief);
    } catch (NotOnOfferException e) {
      return Transition.fail(
          session, findings, "%s. By rules: %s".formatted(why.getMessage(), e.getMessage()));
    }
  }

  private static Transition planned(
      Session session, Findings findings, Plan plan, ProjectBrief brief) {
    String message =
        "Generated a plan of %d nodes for %s".formatted(plan.nodes().size(), brief.summary());
    String fallback = findings.planning() == null ? null : findings.planning().fallback();
    return Transition.next(
        session,
        findings.with(plan),
        fallback == null ? message : "%s, by rules: %s".formatted(message, lower(fallback)));
  }

  private static String lower(@Nullable String sentence) {
    String text = String.valueOf(sentence);
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
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
