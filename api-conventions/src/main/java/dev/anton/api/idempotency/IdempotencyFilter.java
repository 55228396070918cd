package dev.anton.api.idempotency;

import dev.anton.api.body.BufferedRequest;
import dev.anton.api.problem.Problem;
import dev.anton.api.problem.ProblemException;
import dev.anton.api.problem.ProblemResponder;
import dev.anton.api.tenant.TenantHeader;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Runs each POST with an {@code Idempotency-Key} once; see the package for what that means. */
final class IdempotencyFilter extends OncePerRequestFilter {

  static final String HEADER = "Idempotency-Key";
  static final String REPLAYED = "Idempotency-Replayed";

  private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);
  private static final String METRIC = "anton.idempotency.requests";

  /** As large as a request; no answer of ours comes near. */
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private final IdempotencyKeys keys;
  private final AnswerCipher cipher;
  private final ProblemResponder responder;
  private final MeterRegistry registry;

  IdempotencyFilter(
      IdempotencyKeys keys,
      AnswerCipher cipher,
      ProblemResponder responder,
      MeterRegistry registry) {
    this.keys = keys;
    this.cipher = cipher;
    this.responder = responder;
    this.registry = registry;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !HttpMethod.POST.matches(request.getMethod())
        || !request.getRequestURI().startsWith("/api/")
        || request.getHeader(HEADER) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body = request.getInputStream().readAllBytes();
    KeyedRequest keyed;
    Claim claim;
    try {
      keyed =
          KeyedRequest.of(
              TenantHeader.parse(request.getHeader(TenantHeader.NAME)),
              Collections.list(request.getHeaders(HEADER)),
              request,
              body);
      claim = keys.claim(keyed);
    } catch (ProblemException | DataAccessException e) {
      responder.respond(request, response, e);
      return;
    }
    switch (claim) {
      case Claim.Granted granted -> {
        count("first");
        run(granted, new BufferedRequest(request, body), response, chain);
      }
      case Claim.Answered answered -> replay(answered, keyed, request, response);
      case Claim.Reused _ -> refuse("idempotency-key-reused", request, response);
      case Claim.InUse _ -> {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        refuse("idempotency-key-in-use", request, response);
      }
      case Claim.AnswerLost _ -> refuse("idempotency-answer-lost", request, response);
    }
  }

  private void run(
      Claim.Granted claim,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
    RunningRequest running = new RunningRequest(claim);
    boolean answered = false;
    try {
      running.run(
          () -> {
            chain.doFilter(request, buffered);
            return claim;
          });
      // Whatever is not in the buffer, because it was sent past it, cannot be given again.
      answered = !response.isCommitted() && !request.isAsyncStarted();
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    } finally {
      settle(running, answered ? buffered : null);
    }
    buffered.copyBodyToResponse();
  }

  /** Keeps the answer of what took effect or succeeded, and forgets what did neither. */
  private void settle(RunningRequest running, @Nullable ContentCachingResponseWrapper answer) {
    Claim.Granted claim = running.claim();
    try {
      if (answer != null && isFinal(answer, running.hasCommitted())) {
        byte[] plain = StoredAnswer.of(answer, answer.getContentAsByteArray()).toBytes();
        keys.answer(claim, cipher.encrypt(plain, claim.request()));
      } else if (!keys.release(claim)) {
        log.warn("A request with an Idempotency-Key took effect, but its answer is not kept");
      }
    } catch (DataAccessException e) {
      // The answer still goes out. A repeat is told that it was lost, or waits for the claim's end.
      log.warn("The answer to a request with an Idempotency-Key could not be kept", e);
    }
  }

  private static boolean isFinal(ContentCachingResponseWrapper answer, boolean committed) {
    HttpStatus.Series series = HttpStatus.Series.resolve(answer.getStatus());
    return answer.getContentSize() <= MAX_ANSWER_BYTES
        && (series == HttpStatus.Series.SUCCESSFUL
            || series == HttpStatus.Series.REDIRECTION
            || (series == HttpStatus.Series.CLIENT_ERROR && committed));
  }

  private void replay(
      Claim.Answered answered,
      KeyedRequest keyed,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<byte[]> plain = cipher.decrypt(answered.answer(), keyed);
    if (plain.isEmpty()) {
      refuse("idempotency-answer-lost", request, response);
      return;
    }
    count("replayed");
    response.setHeader(REPLAYED, "true");
    StoredAnswer.fromBytes(plain.get()).writeTo(response);
  }

  private void refuse(String code, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    count(code.substring("idempotency-".length()));
    String detail =
        switch (code) {
          case "idempotency-key-reused" ->
              "This Idempotency-Key was used with another request; use a new one";
          case "idempotency-key-in-use" ->
              "The first request with this Idempotency-Key is still running; ask again for its"
                  + " answer";
          default ->
              "The first request with this Idempotency-Key took effect, but its answer was lost;"
                  + " what it made is in the list";
        };
    responder.respond(request, response, Problem.of(HttpStatus.CONFLICT, code, detail));
  }

  private void count(String outcome) {
    registry.counter(METRIC, "outcome", outcome).increment();
  }
}
