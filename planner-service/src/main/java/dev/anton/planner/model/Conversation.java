package dev.anton.planner.model;

import dev.anton.planner.model.AnswerReader.Reading;
import dev.anton.planner.model.CallFailedException.Reason;
import dev.anton.planner.review.Allowance;
import dev.anton.planner.review.Finding;
import dev.anton.planner.review.PlanReviewer;
import dev.anton.planner.review.Verdict;
import dev.anton.schemas.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

/** A session's talk with the model: asking, hearing, and saying what is wrong. */
final class Conversation {

  /**
   * Doubled for each further retry, and up to half of it more, so that not all come back at once.
   */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(250);

  /** What every conversation needs. */
  record Setting(
      ModelProperties properties,
      ModelCalls calls,
      ModelPrompts prompts,
      Allowance allowance,
      Spending spending,
      ModelMetrics metrics) {}

  /** The model has answered, but never with a plan that can run. */
  static final class UnusableAnswersException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableAnswersException(String last) {
      super("The language model answered with no plan that can run: " + last, null, false, false);
    }
  }

  private final Setting setting;
  private final PlanningOrder order;
  private final BooleanSupplier stillWanted;
  private final long deadline;
  private int calls;
  private int corrections;
  private TokenCount tokens = TokenCount.NONE;

  Conversation(Setting setting, PlanningOrder order, BooleanSupplier stillWanted) {
    this.setting = setting;
    this.order = order;
    this.stillWanted = stillWanted;
    this.deadline = System.nanoTime() + limits().timeLimit().toNanos();
  }

  String sessionId() {
    return order.sessionId();
  }

  PlanningReport report(@Nullable String fallback) {
    return new PlanningReport(
        fallback == null ? PlanningReport.MODEL : PlanningReport.RULES,
        setting.properties().name(),
        fallback,
        calls,
        corrections,
        tokens.input(),
        tokens.output(),
        setting.properties().prices().of(tokens));
  }

  /** A plan that the review accepts. */
  Plan plan()
      throws CallFailedException,
          BudgetUsedUpException,
          UnusableAnswersException,
          PlanningAbandonedException,
          InterruptedException {
    List<Message> opening =
        List.of(
            new SystemMessage(setting.prompts().system()),
            new UserMessage(setting.prompts().order(order)));
    List<Message> messages = opening;
    while (true) {
      Answer answer = ask(messages);
      Reading reading = AnswerReader.read(answer.text(), order.projectName());
      List<Finding> problems = problems(reading);
      if (reading.plan() != null && problems.isEmpty()) {
        return reading.plan();
      }
      if (corrections == limits().corrections()) {
        throw new UnusableAnswersException(
            answer.cut() ? "its answers are cut off" : problems.getFirst().detail());
      }
      corrections++;
      setting.metrics().corrected(answer.cut() ? "cut" : problems.getFirst().code());
      messages = correction(opening, answer, problems);
    }
  }

  private List<Finding> problems(Reading reading) {
    if (reading.plan() == null) {
      return reading.problems();
    }
    return PlanReviewer.review(reading.plan(), setting.allowance())
            instanceof Verdict.Rejected(List<Finding> findings)
        ? findings
        : List.of();
  }

  /** Of earlier answers only the last is repeated: each costs again what it has cost before. */
  private List<Message> correction(List<Message> opening, Answer answer, List<Finding> problems) {
    List<Message> messages = new ArrayList<>(opening);
    if (answer.cut()) {
      messages.add(new UserMessage(setting.prompts().shorter()));
    } else {
      messages.add(new AssistantMessage(answer.text().isBlank() ? "{}" : answer.text()));
      messages.add(new UserMessage(setting.prompts().correction(problems)));
    }
    return messages;
  }

  private Answer ask(List<Message> messages)
      throws CallFailedException,
          BudgetUsedUpException,
          PlanningAbandonedException,
          InterruptedException {
    for (int retries = 0; ; retries++) {
      try {
        return call(messages);
      } catch (CallFailedException e) {
        Duration pause = pause(e, retries);
        if (!e.reason().mayPass()
            || retries == limits().retries()
            || pause.compareTo(left()) >= 0) {
          throw e;
        }
        rest(pause);
      }
    }
  }

  private Answer call(List<Message> messages)
      throws CallFailedException,
          BudgetUsedUpException,
          PlanningAbandonedException,
          InterruptedException {
    if (!stillWanted.getAsBoolean()) {
      throw new PlanningAbandonedException();
    }
    if (!left().isPositive()) {
      throw new CallFailedException(Reason.TIMEOUT, null, TokenCount.NONE);
    }
    TokenCount most = new TokenCount(ModelCalls.estimate(messages), limits().maxOutputTokens());
    long charge = setting.spending().charge(order.sessionId(), most);
    long started = System.nanoTime();
    calls++;
    try {
      Answer answer =
          setting.calls().call(messages, shorter(limits().callTimeout(), left()), stillWanted);
      settle(charge, "answered", started, answer.tokens());
      return answer;
    } catch (CallFailedException e) {
      settle(charge, e.reason().label(), started, e.tokens());
      throw e;
    }
  }

  private void settle(long charge, String outcome, long started, TokenCount taken) {
    tokens = tokens.plus(taken);
    setting.spending().settle(charge, taken);
    setting.metrics().called(outcome, Duration.ofNanos(System.nanoTime() - started), taken);
  }

  private static Duration pause(CallFailedException failure, int retries) {
    if (failure.retryAfter() != null) {
      return failure.retryAfter();
    }
    long millis = FIRST_PAUSE.toMillis() << retries;
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2));
  }

  private void rest(Duration pause) throws PlanningAbandonedException, InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    for (Duration left = pause;
        left.isPositive();
        left = Duration.ofNanos(end - System.nanoTime())) {
      if (!stillWanted.getAsBoolean()) {
        throw new PlanningAbandonedException();
      }
      Thread.sleep(shorter(left, LOOK));
    }
  }

  private Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private ModelProperties.Limits limits() {
    return setting.properties().limits();
  }
}
