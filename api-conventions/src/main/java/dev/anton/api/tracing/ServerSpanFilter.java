package dev.anton.api.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives a request the {@code traceparent} of the span that serves it in place of the client's: who
 * keeps the header for what it starts, as the services do for their events, makes that a child of
 * the span.
 */
final class ServerSpanFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SpanContext span = Span.current().getSpanContext();
    chain.doFilter(
        span.isValid() ? new UnderSpan(request, TraceHeader.of(span)) : request, response);
  }

  private static final class UnderSpan extends HttpServletRequestWrapper {

    private final String traceparent;

    UnderSpan(HttpServletRequest request, String traceparent) {
      super(request);
      this.traceparent = traceparent;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return TraceHeader.NAME.equalsIgnoreCase(name) ? traceparent : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return TraceHeader.NAME.equalsIgnoreCase(name)
          ? Collections.enumeration(List.of(traceparent))
          : super.getHeaders(name);
    }
  }
}
