package dev.anton.planner.model;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One conversation for each session, until there is a plan or a limit is reached. */
final class LanguageModelPlanner implements ModelPlanner {

  private static final Logger log = LoggerFactory.getLogger(LanguageModelPlanner.class);

  private final Conversation.Setting setting;

  LanguageModelPlanner(Conversation.Setting setting) {
    this.setting = setting;
  }

  @Override
  public ModelPlan plan(PlanningOrder order, BooleanSupplier stillWanted)
      throws NoModelPlanException, PlanningAbandonedException {
    long started = System.nanoTime();
    Conversation conversation = new Conversation(setting, order, stillWanted);
    try {
      ModelPlan plan = new ModelPlan(conversation.plan(), conversation.report(null));
      setting.metrics().planned();
      log.info("Session {} planned by the model: {}", order.sessionId(), plan.report());
      return plan;
    } catch (CallFailedException e) {
      throw fallBack(conversation, e.reason().label(), message(e));
    } catch (BudgetUsedUpException e) {
      throw fallBack(conversation, e.limit(), message(e));
    } catch (Conversation.UnusableAnswersException e) {
      throw fallBack(conversation, "unusable-answers", message(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlanningAbandonedException();
    } finally {
      log.debug("Session {}: {}", order.sessionId(), Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private NoModelPlanException fallBack(Conversation conversation, String why, String message) {
    setting.metrics().fellBack(why);
    PlanningReport report = conversation.report(message);
    log.warn("Session {} falls back to rules: {}", conversation.sessionId(), report);
    return new NoModelPlanException(message, report);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
