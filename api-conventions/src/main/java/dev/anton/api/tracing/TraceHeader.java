package dev.anton.api.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;

/** The header {@code traceparent} of W3C Trace Context, version 00. */
public final class TraceHeader {

  public static final String NAME = "traceparent";

  private static final int LENGTH = 55;

  private TraceHeader() {}

  /** The header that makes what reads it a child of this span. */
  public static String of(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
  }

  /** The span that a header names; one that is not valid if the header is not. */
  public static SpanContext read(String header) {
    if (header.length() != LENGTH || !header.startsWith("00-")) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        header.substring(3, 35),
        header.substring(36, 52),
        TraceFlags.fromHex(header, 53),
        TraceState.getDefault());
  }
}
