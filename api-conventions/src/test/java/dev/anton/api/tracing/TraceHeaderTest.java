package dev.anton.api.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeaderTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void aValidHeaderIsReadAndWrittenAsItWas() {
    String header = "00-" + TRACE + "-" + SPAN + "-01";

    SpanContext span = TraceHeader.read(header);

    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getSpanId()).isEqualTo(SPAN);
    assertThat(span.isSampled()).isTrue();
    assertThat(TraceHeader.of(span)).isEqualTo(header);
    assertThat(TraceHeader.checked(header)).isEqualTo(header);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-\u00e9\u00e9",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void whatIsNotValidIsAsGoodAsNone(String header) {
    assertThat(TraceHeader.checked(header)).isNull();
    if (header != null) {
      assertThat(TraceHeader.read(header).isValid()).isFalse();
    }
  }
}
