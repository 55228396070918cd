package dev.anton.api.idempotency;

import java.util.concurrent.Callable;

/** The keyed request that this thread runs, and whether it took effect. */
final class RunningRequest {

  private static final ScopedValue<RunningRequest> CURRENT = ScopedValue.newInstance();

  private final Claim.Granted claim;
  private boolean committed;

  RunningRequest(Claim.Granted claim) {
    this.claim = claim;
  }

  /** Runs a handler as this request. */
  void run(Callable<?> handler) throws Exception {
    ScopedValue.where(CURRENT, this).call(handler::call);
  }

  static boolean isPresent() {
    return CURRENT.isBound();
  }

  static RunningRequest current() {
    return CURRENT.get();
  }

  Claim.Granted claim() {
    return claim;
  }

  void committed() {
    committed = true;
  }

  boolean hasCommitted() {
    return committed;
  }
}
