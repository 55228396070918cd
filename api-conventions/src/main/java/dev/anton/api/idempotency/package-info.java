/**
 * The {@code Idempotency-Key} header on every POST under {@code /api/}: what was done once is not
 * done again, and its answer is given again.
 *
 * <p>Guarantees, for 24 hours from the first request with a key:
 *
 * <ul>
 *   <li>Same key, same request: the stored answer, marked {@code Idempotency-Replayed: true}.
 *   <li>Same key, another path, query or body: 409 {@code idempotency-key-reused}.
 *   <li>Same key while the first request runs: 409 {@code idempotency-key-in-use} with {@code
 *       Retry-After}.
 *   <li>A request that failed and committed nothing is forgotten, and may be repeated or mended.
 *   <li>A request whose transaction committed is never run again. If its answer was lost, to a
 *       crash between commit and answer or to a failure after the commit, a repeat gets 409 {@code
 *       idempotency-answer-lost}. The mark is part of the handler's own transaction, so that it
 *       holds exactly if the effect does.
 *   <li>A request that died before it committed is run by the first repeat after a minute. Should
 *       the first one still be alive, it can no longer commit.
 * </ul>
 *
 * <p>This holds for handlers that change the database in transactions of Spring's transaction
 * manager on the request's thread. What a handler does elsewhere before it commits, such as a call
 * to another service, may happen again after a crash.
 */
@NullMarked
package dev.anton.api.idempotency;

import org.jspecify.annotations.NullMarked;
