package dev.anton.planner.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.planner.model.CallFailedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

/** Calls the model once and listens to its answer for as long as it may take. */
final class ModelCalls {

  private static final Logger log = LoggerFactory.getLogger(ModelCalls.class);

  /** How soon a call is given up that nobody wants any more, or that is too late. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Tokens that say whose a message is and where it ends. */
  private static final int AROUND = 8;

  private final ChatModel model;
  private final ModelProperties.Limits limits;
  private final Clock clock;

  ModelCalls(ChatModel model, ModelProperties.Limits limits, Clock clock) {
    this.model = model;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @param patience of this call
   * @throws CallFailedException if there is no whole answer
   */
  Answer call(List<Message> messages, Duration patience, BooleanSupplier stillWanted)
      throws CallFailedException, PlanningAbandonedException, InterruptedException {
    TokenCount asked = new TokenCount(estimate(messages), 0);
    AnswerCollector collector = new AnswerCollector();
    model.stream(new Prompt(messages)).subscribe(collector);
    try {
      listen(collector, asked, System.nanoTime() + patience.toNanos(), stillWanted);
    } finally {
      // To close a stream that says nothing can take as long as to hear it out.
      Thread.ofVirtual().name("model-hang-up").start(collector::cancel);
    }
    TokenCount tokens = counted(collector, asked);
    if (collector.refused()) {
      throw new CallFailedException(Reason.REFUSAL, null, tokens);
    }
    if (!collector.finished()) {
      throw new CallFailedException(Reason.INCOMPLETE, null, tokens);
    }
    return new Answer(collector.text(), collector.cut(), tokens);
  }

  private void listen(
      AnswerCollector collector, TokenCount asked, long deadline, BooleanSupplier stillWanted)
      throws CallFailedException, PlanningAbandonedException, InterruptedException {
    while (!ends(collector, asked)) {
      if (collector.length() > AnswerCollector.MAX_CHARACTERS) {
        throw new CallFailedException(Reason.TOO_LONG, null, counted(collector, asked));
      }
      long now = System.nanoTime();
      if (now - deadline > 0 || now - collector.lastHeard() > limits.silence().toNanos()) {
        throw new CallFailedException(Reason.TIMEOUT, null, counted(collector, asked));
      }
      if (!stillWanted.getAsBoolean()) {
        throw new PlanningAbandonedException();
      }
    }
  }

  private boolean ends(AnswerCollector collector, TokenCount asked)
      throws CallFailedException, InterruptedException {
    try {
      collector.end().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), counted(collector, asked));
    }
  }

  private CallFailedException failure(Throwable thrown, TokenCount tokens) {
    Reason reason = ProviderErrors.reason(thrown);
    ProviderErrors.@Nullable Status status = ProviderErrors.status(thrown).orElse(null);
    if (status == null) {
      // The kinds alone: the texts may repeat the prompt, or a part of the key.
      log.warn("A call of the language model failed: {}", ProviderErrors.kinds(thrown));
    }
    if (status == null || status.code() == 200) {
      return new CallFailedException(reason, null, tokens);
    }
    // Nobody charges for an answer that is an error.
    return new CallFailedException(
        reason, ProviderErrors.retryAfter(status.retryAfter(), clock.instant()), TokenCount.NONE);
  }

  /** Where the provider did not count, it is estimated: it may charge all the same. */
  private static TokenCount counted(AnswerCollector collector, TokenCount asked) {
    TokenCount told = collector.tokens();
    return new TokenCount(
        told.input() > 0 ? told.input() : asked.input(),
        told.output() > 0 ? told.output() : TokenCount.estimate(collector.bytes()));
  }

  static long estimate(List<Message> messages) {
    return messages.stream()
        .map(message -> message.getText() == null ? "" : message.getText())
        .mapToLong(text -> TokenCount.estimate(text.getBytes(UTF_8).length) + AROUND)
        .sum();
  }
}
