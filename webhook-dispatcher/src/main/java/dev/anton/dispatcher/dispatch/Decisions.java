package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.lane.Verdict;
import dev.anton.dispatcher.subscription.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The one place that knows what an outcome means. */
final class Decisions {

  private static final int GONE = 410;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  /**
   * Each wait is up to a tenth shorter or longer, so that what failed together comes back apart.
   */
  private static final double JITTER = 0.1;

  private final DoubleSupplier random;

  Decisions() {
    this(() -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param random from 0 to 1
   */
  Decisions(DoubleSupplier random) {
    this.random = random;
  }

  Decision decide(Attempt attempt, RetrySchedule schedule) {
    return switch (attempt.outcome()) {
      case Outcome.Delivered delivered -> new Decision.Arrived();
      case Outcome.Refused refused when refused.status() == GONE ->
          new Decision.EndpointGone("The endpoint answered 410 (gone)");
      case Outcome.Refused refused -> again(attempt, schedule, asked(refused));
      case Outcome.TimedOut timedOut -> again(attempt, schedule, Duration.ZERO);
      case Outcome.ConnectionFailed failed -> again(attempt, schedule, Duration.ZERO);
      // Its owner may mend the name or the url, its operator the rules; both count from the next
      // attempt on, and nothing that came meanwhile is lost.
      case Outcome.AddressRefused refused -> again(attempt, schedule, Duration.ZERO);
    };
  }

  /**
   * Whether the endpoint works. One that refuses this delivery works; one that is overloaded does
   * not.
   */
  static Verdict verdict(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered delivered -> Verdict.HEALTHY;
      case Outcome.Refused refused ->
          refused.status() >= 500
                  || refused.status() == TOO_MANY_REQUESTS
                  || refused.status() == REQUEST_TIMEOUT
              ? Verdict.FAILING
              : Verdict.HEALTHY;
      case Outcome.TimedOut timedOut -> Verdict.FAILING;
      case Outcome.ConnectionFailed failed -> Verdict.FAILING;
      case Outcome.AddressRefused refused -> Verdict.FAILING;
    };
  }

  private Decision again(Attempt attempt, RetrySchedule schedule, Duration atLeast) {
    String reason = Objects.requireNonNullElse(attempt.outcome().error(), "unknown");
    if (attempt.number() >= schedule.maxAttempts()) {
      return new Decision.GiveUp(reason);
    }
    Duration wait = jittered(schedule.delays().get(attempt.number() - 1), 1 - JITTER);
    if (wait.compareTo(atLeast) < 0) {
      // Never sooner than was asked for, and not all at that moment either.
      wait = jittered(atLeast, 1);
    }
    Instant ended = attempt.at().plus(attempt.duration());
    return new Decision.TryAgain(ended.plus(wait), reason);
  }

  /** From {@code lowest} to a tenth above the wait. */
  private Duration jittered(Duration wait, double lowest) {
    double factor = lowest + (1 + JITTER - lowest) * random.getAsDouble();
    return Duration.ofMillis(Math.round(wait.toMillis() * factor));
  }

  private static Duration asked(Outcome.Refused refused) {
    Duration retryAfter = refused.retryAfter();
    boolean counts =
        refused.status() == TOO_MANY_REQUESTS || refused.status() == SERVICE_UNAVAILABLE;
    return counts && retryAfter != null ? retryAfter : Duration.ZERO;
  }
}
