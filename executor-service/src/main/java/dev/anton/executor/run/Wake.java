package dev.anton.executor.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has something done later: a hint that may be lost when the service stops. */
record Wake(Runnable claim, ScheduledExecutorService timer, Clock clock) {

  /** Further ahead the regular look finds it soon enough. */
  private static final Duration HORIZON = Duration.ofMinutes(10);

  /** Somebody looks for work now. */
  void claims() {
    claim.run();
  }

  /** Somebody looks for work at that time. */
  void claimsAt(Instant time) {
    at(time, claim);
  }

  void at(Instant time, Runnable call) {
    Instant now = clock.instant();
    if (time.isAfter(now.plus(HORIZON))) {
      return;
    }
    // Rounded up: a look that comes a moment early finds nothing.
    long millis = Math.max(0, Duration.between(now, time).toMillis() + 1);
    try {
      var _ = timer.schedule(call, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The service stops: whoever takes the execution over looks by itself.
    }
  }
}
