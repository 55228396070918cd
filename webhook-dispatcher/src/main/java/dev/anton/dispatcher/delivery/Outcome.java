package dev.anton.dispatcher.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. What it means for the delivery is decided elsewhere. */
public sealed interface Outcome {

  /** The name under which the journal and the metrics know it. */
  String name();

  /** The answer's status, if there was one. */
  default @Nullable Integer httpStatus() {
    return null;
  }

  /** The first bytes of the answer as text, if there was one. */
  default @Nullable String answer() {
    return null;
  }

  /** Why it is no success; null for one. */
  @Nullable String error();

  /** Answered with 2xx. */
  record Delivered(int status, @Nullable String answer) implements Outcome {
    @Override
    public String name() {
      return "delivered";
    }

    @Override
    public Integer httpStatus() {
      return status;
    }

    @Override
    public @Nullable String error() {
      return null;
    }
  }

  /**
   * Answered with anything else, redirects included.
   *
   * @param retryAfter what the answer asked for; null if it did not
   */
  record Refused(int status, @Nullable Duration retryAfter, @Nullable String answer)
      implements Outcome {
    @Override
    public String name() {
      return "refused";
    }

    @Override
    public Integer httpStatus() {
      return status;
    }

    @Override
    public String error() {
      return status >= 300 && status < 400
          ? "The endpoint answered " + status + "; redirects are not followed"
          : "The endpoint answered " + status;
    }
  }

  /** The exchange was not over in time, whatever had arrived by then. */
  record TimedOut(Duration after) implements Outcome {
    @Override
    public String name() {
      return "timed_out";
    }

    @Override
    public String error() {
      return "No complete answer within " + after.toMillis() + " ms";
    }
  }

  /** There was no connection, or it broke, or what came over it was not HTTP. */
  record ConnectionFailed(String error) implements Outcome {
    @Override
    public String name() {
      return "connection_failed";
    }
  }

  /**
   * The endpoint may not be reached from here: its address is no public one, or it is not https.
   */
  record AddressRefused(String error) implements Outcome {
    @Override
    public String name() {
      return "address_refused";
    }
  }
}
