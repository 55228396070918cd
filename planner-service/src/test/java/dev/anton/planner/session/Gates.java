package dev.anton.planner.session;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading;
import dev.anton.planner.planning.NotOnOfferException;
import dev.anton.planner.planning.PlanGenerator;
import dev.anton.schemas.plan.Plan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Stops the real planner between reading and planning, so that a test can do something then. */
final class Gates implements PlanGenerator {

  @TestConfiguration(proxyBeanMethods = false)
  static class Configuration {

    @Bean
    @Primary
    Gates gates(@Qualifier("rulesPlanGenerator") PlanGenerator rules) {
      return new Gates(rules);
    }
  }

  /** One planning that stops. */
  static final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    void awaitReached() throws InterruptedException {
      if (!reached.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody came to the gate");
      }
    }

    void open() {
      opened.countDown();
    }
  }

  private final PlanGenerator rules;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  private Gates(PlanGenerator rules) {
    this.rules = rules;
  }

  /** The next planning of a project of this name stops; later ones pass. */
  Gate closeFor(String projectName) {
    Gate gate = new Gate();
    gates.put(projectName, gate);
    return gate;
  }

  @Override
  public Reading read(String prompt) {
    return rules.read(prompt);
  }

  @Override
  public Plan generate(ProjectBrief brief, String projectName) throws NotOnOfferException {
    Gate gate = gates.remove(projectName);
    if (gate != null) {
      gate.reached.countDown();
      try {
        if (!gate.opened.await(30, TimeUnit.SECONDS)) {
          throw new AssertionError("Nobody opened the gate");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return rules.generate(brief, projectName);
  }
}
