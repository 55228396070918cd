package dev.anton.api.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of <a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>, version 00. Nothing else is read or passed on, and no id may be all zeros.
 */
public final class TraceHeader {

  public static final String NAME = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceHeader() {}

  /** The header that makes what reads it a child of this span. */
  public static String of(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
  }

  /** The header if it is valid, else null: a trace that cannot be read is as good as none. */
  public static @Nullable String checked(@Nullable String header) {
    return header != null && FORM.matcher(header).matches() ? header : null;
  }

  /** The span that a header names; one that is not valid if the header is not. */
  public static SpanContext read(String header) {
    if (checked(header) == null) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        header.substring(3, 35),
        header.substring(36, 52),
        TraceFlags.fromHex(header, 53),
        TraceState.getDefault());
  }
}
