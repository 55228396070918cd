package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading;
import dev.anton.planner.planning.PlanGenerator;
import org.springframework.stereotype.Component;

/** Reads the prompt: is it a software project, and which? */
@Component
final class Validating implements StepWork {

  private final PlanGenerator generator;

  Validating(PlanGenerator generator) {
    this.generator = generator;
  }

  @Override
  public Step step() {
    return Step.VALIDATING;
  }

  @Override
  public Transition work(Session session, Lease lease) {
    return switch (generator.read(session.request().prompt())) {
      case Reading.NoProject(String reason) -> Transition.refuse(session, reason);
      case Reading.Understood(ProjectBrief brief) ->
          Transition.next(session, session.findings().with(brief), message(brief));
    };
  }

  private static String message(ProjectBrief brief) {
    String understood = "The prompt describes " + brief.summary();
    return brief.assumptions().isEmpty()
        ? understood
        : understood + " (" + String.join("; ", brief.assumptions()) + ")";
  }
}
