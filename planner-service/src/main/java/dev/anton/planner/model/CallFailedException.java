package dev.anton.planner.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call of the model came to nothing. What the provider wrote is left out of everything: it may
 * repeat the prompt, or a part of the key.
 */
final class CallFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as metrics name it. */
  enum Reason {
    TIMEOUT("timeout", true, "did not answer in time"),
    CONNECTION("connection", true, "could not be reached, or broke off in its answer"),
    RATE_LIMIT("rate-limit", true, "takes no more requests at the moment"),
    SERVER_ERROR("server-error", true, "is out of order"),
    INCOMPLETE("incomplete", true, "broke off in its answer"),
    REFUSED_REQUEST("refused-request", false, "does not accept the request"),
    UNAUTHORIZED("unauthorized", false, "does not accept the key"),
    REFUSAL("refusal", false, "refused to answer"),
    TOO_LONG("too-long", false, "answered without end");

    private final String label;
    private final boolean mayPass;
    private final String clause;

    Reason(String label, boolean mayPass, String clause) {
      this.label = label;
      this.mayPass = mayPass;
      this.clause = clause;
    }

    String label() {
      return label;
    }

    boolean mayPass() {
      return mayPass;
    }

    String clause() {
      return clause;
    }
  }

  private final Reason reason;
  private final transient @Nullable Duration retryAfter;
  private final transient TokenCount tokens;

  /**
   * @param retryAfter what the provider asked to wait
   * @param tokens what the call is to be charged with
   */
  CallFailedException(Reason reason, @Nullable Duration retryAfter, TokenCount tokens) {
    super("The language model " + reason.clause(), null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.tokens = tokens;
  }

  Reason reason() {
    return reason;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  TokenCount tokens() {
    return tokens;
  }
}
