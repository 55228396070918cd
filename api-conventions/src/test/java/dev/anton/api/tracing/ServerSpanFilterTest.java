package dev.anton.api.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ServerSpanFilterTest {

  private static final String CLIENTS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void aRequestGoesOnUnderTheSpanThatServesIt() throws Exception {
    try (SdkTracerProvider tracers = SdkTracerProvider.builder().build()) {
      Span span = tracers.get("test").spanBuilder("GET").startSpan();
      try (Scope _ = span.makeCurrent()) {
        HttpServletRequest seen = seen(CLIENTS);

        assertThat(seen.getHeader("Traceparent"))
            .isEqualTo(TraceHeader.of(span.getSpanContext()))
            // Sampled, and of a random id or not (level 2 of the recommendation).
            .matches(
                "00-%s-%s-0[13]"
                    .formatted(
                        span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId()));
        assertThat(Collections.list(seen.getHeaders("traceparent")))
            .containsExactly(seen.getHeader("traceparent"));
        assertThat(seen.getHeader("X-Other")).isEqualTo("stays");
        assertThat(Collections.list(seen.getHeaders("X-Other"))).containsExactly("stays");
      }
    }
  }

  @Test
  void withoutASpanTheClientsHeaderStays() throws Exception {
    assertThat(seen(CLIENTS).getHeader("traceparent")).isEqualTo(CLIENTS);
  }

  @Test
  void aHeaderIsReadAsItWasWritten() {
    SpanContext read = TraceHeader.read(CLIENTS);

    assertThat(read.isValid()).isTrue();
    assertThat(read.isRemote()).isTrue();
    assertThat(read.isSampled()).isTrue();
    assertThat(TraceHeader.of(read)).isEqualTo(CLIENTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01"
      })
  void aHeaderThatNamesNoSpanIsNotValid(String header) {
    assertThat(TraceHeader.read(header).isValid()).isFalse();
  }

  private static HttpServletRequest seen(String traceparent) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("traceparent", traceparent);
    request.addHeader("X-Other", "stays");
    MockFilterChain chain = new MockFilterChain();
    new ServerSpanFilter().doFilter(request, new MockHttpServletResponse(), chain);
    return (HttpServletRequest) chain.getRequest();
  }
}
