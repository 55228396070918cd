package dev.anton.api.idempotency;

import java.util.UUID;

/** What the table says to a request with a key. */
sealed interface Claim {

  /** The request is ours to run, under this attempt. */
  record Granted(KeyedRequest request, UUID attempt) implements Claim {}

  /** It was run; the answer is still encrypted. */
  @SuppressWarnings("ArrayRecordComponent") // goes straight into the cipher
  record Answered(byte[] answer) implements Claim {}

  /** The key belongs to another request. */
  record Reused() implements Claim {}

  /** It runs right now. */
  record InUse() implements Claim {}

  /** It took effect, and its answer is gone. */
  record AnswerLost() implements Claim {}
}
