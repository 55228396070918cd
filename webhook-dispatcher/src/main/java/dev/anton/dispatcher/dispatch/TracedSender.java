package dev.anton.dispatcher.dispatch;

import dev.anton.api.tracing.TraceHeader;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.http.ExchangeListener;
import dev.anton.dispatcher.http.WebhookClient;
import dev.anton.dispatcher.http.WebhookRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes each attempt a client span, child of the work that produced the event, and tells the
 * receiver that span. Attributes are those of OpenTelemetry's HTTP conventions and our ids; path
 * and query stay out, since many a webhook's URL is its credential.
 */
final class TracedSender implements AttemptSender {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("anton.event.type");
  private static final AttributeKey<String> EVENT = AttributeKey.stringKey("anton.event.id");
  private static final AttributeKey<String> WEBHOOK = AttributeKey.stringKey("anton.webhook.id");
  private static final AttributeKey<String> DELIVERY = AttributeKey.stringKey("anton.delivery.id");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("anton.attempt");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("anton.outcome");

  private final WebhookClient client;
  private final Tracer tracer;

  TracedSender(WebhookClient client, Tracer tracer) {
    this.client = client;
    this.tracer = tracer;
  }

  @Override
  public void send(String subscriptionId, WebhookRequest request, ExchangeListener listener) {
    Span span = start(subscriptionId, request);
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.put(TraceHeader.NAME, TraceHeader.of(span.getSpanContext()));
    try {
      client.send(
          new WebhookRequest(request.url(), headers, request.body()),
          new TracedAttempt(span, listener));
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      span.end();
      throw e;
    }
  }

  private Span start(String subscriptionId, WebhookRequest request) {
    Map<String, String> sent = request.headers();
    URI url = request.url();
    return tracer
        .spanBuilder("POST")
        .setSpanKind(SpanKind.CLIENT)
        .setParent(parent(sent.get(TraceHeader.NAME)))
        .setAttribute(METHOD, "POST")
        .setAttribute(ADDRESS, url.getHost())
        .setAttribute(PORT, (long) port(url))
        .setAttribute(EVENT_TYPE, sent.get("X-Anton-Event"))
        .setAttribute(EVENT, sent.get("webhook-id"))
        .setAttribute(WEBHOOK, subscriptionId)
        .setAttribute(DELIVERY, sent.get("X-Anton-Delivery"))
        .setAttribute(ATTEMPT, Long.valueOf(sent.get("X-Anton-Attempt")))
        .startSpan();
  }

  /** Of an event without a trace: whoever waits for the attempt, or nobody. */
  private static Context parent(@Nullable String traceparent) {
    return traceparent == null
        ? Context.current()
        : Context.root().with(Span.wrap(TraceHeader.read(traceparent)));
  }

  private static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  private record TracedAttempt(Span span, ExchangeListener listener) implements ExchangeListener {

    @Override
    public void slow() {
      listener.slow();
    }

    @Override
    public void ended(Outcome outcome, Duration duration) {
      Integer status = outcome.httpStatus();
      if (status != null) {
        span.setAttribute(STATUS, status.longValue());
      }
      span.setAttribute(OUTCOME, outcome.name());
      String error = outcome.error();
      if (error != null) {
        span.setAttribute(ERROR, status == null ? outcome.name() : status.toString());
        span.setStatus(StatusCode.ERROR, error);
      }
      span.end();
      listener.ended(outcome, duration);
    }
  }
}
