package dev.anton.planner.planning;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading;
import dev.anton.planner.prompt.PromptReader;
import dev.anton.planner.template.NotApplicable;
import dev.anton.planner.template.ProjectTemplate;
import dev.anton.planner.template.TemplateCatalog;
import dev.anton.schemas.plan.Plan;
import java.util.List;
import org.springframework.stereotype.Component;

/** Plans by rules and templates: no key, no network, the same answer every time. */
@Component
final class RulesPlanGenerator implements PlanGenerator {

  private final TemplateCatalog catalog;

  RulesPlanGenerator(TemplateCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Reading read(String prompt) {
    return PromptReader.read(prompt);
  }

  @Override
  public Plan generate(ProjectBrief brief, String projectName) throws NotOnOfferException {
    ProjectTemplate template =
        catalog
            .forBrief(brief)
            .orElseThrow(
                () ->
                    new NotOnOfferException(
                        "There is no template for %s in %s. On offer: %s."
                            .formatted(
                                brief.kind().label(), brief.stack().label(), catalog.offer())));
    return new Plan(projectName, description(brief), template.nodes(brief, projectName));
  }

  /** The plan says what it leaves out of what was asked for, and why. */
  private static String description(ProjectBrief brief) {
    String summary = brief.summary();
    String first = Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
    List<String> leftOut = NotApplicable.sentences(brief);
    return leftOut.isEmpty() ? first : first + ". " + String.join(". ", leftOut);
  }
}
