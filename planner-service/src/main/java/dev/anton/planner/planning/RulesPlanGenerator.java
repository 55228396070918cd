package dev.anton.planner.planning;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading;
import dev.anton.planner.prompt.PromptReader;
import dev.anton.planner.template.ProjectTemplate;
import dev.anton.schemas.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Plans by rules and templates: no key, no network, the same answer every time. */
@Component
final class RulesPlanGenerator implements PlanGenerator {

  private final List<ProjectTemplate> templates;

  RulesPlanGenerator(List<ProjectTemplate> templates) {
    this.templates = List.copyOf(templates);
  }

  @Override
  public Reading read(String prompt) {
    return PromptReader.read(prompt);
  }

  @Override
  public Plan generate(ProjectBrief brief, String projectName) throws NotOnOfferException {
    for (ProjectTemplate template : templates) {
      if (template.fits(brief)) {
        return new Plan(projectName, description(brief), template.nodes(brief, projectName));
      }
    }
    throw new NotOnOfferException(
        "There is no template for %s in %s yet. On offer: %s."
            .formatted(
                brief.kind().label(),
                brief.stack().label(),
                templates.stream().map(ProjectTemplate::offer).collect(Collectors.joining("; "))));
  }

  private static String description(ProjectBrief brief) {
    String summary = brief.summary();
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
  }
}
