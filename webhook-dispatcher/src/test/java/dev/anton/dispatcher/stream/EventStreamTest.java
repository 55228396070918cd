package dev.anton.dispatcher.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final Tenant TENANT = new Tenant("acme");

  @Test
  void whoReadsTooSlowlyGetsWhatWasKeptAndIsToldWhyItEnds() throws Exception {
    Frame frame = Frame.of(event("a.b", "k", "{}"));
    EventStream stream = stream(2L * frame.bytes().length);
    for (int i = 0; i < 5; i++) {
      stream.offer(frame);
    }

    String written = written(stream);

    String text = new String(frame.bytes(), UTF_8);
    assertThat(written).startsWith(text + text + ": closed: events come faster").endsWith("\n\n");
    assertThat(stream.ending()).isEqualTo(Ending.SLOW);
  }

  @Test
  void whatWasReadMakesRoom() throws Exception {
    Frame frame = Frame.of(event("a.b", "k", "{}"));
    EventStream stream = stream(frame.bytes().length);
    for (int i = 0; i < 5; i++) {
      stream.offer(frame);
      assertThat(stream.next(Duration.ZERO)).isEqualTo(frame);
    }
    stream.end(Ending.STOPPING);

    assertThat(written(stream)).startsWith(": closed: this server stops");
  }

  @Test
  void aFrameHoldsTheDataInOneLine() {
    String frame = new String(Frame.of(event("a.b", null, "{\r\n \"x\": 1\n}")).bytes(), UTF_8);

    assertThat(frame)
        .isEqualTo(
            """
            id: evt_1
            event: a.b
            data: {"id":"evt_1","event":"a.b","timestamp":"2026-01-01T00:00:00.000Z",\
            "key":null,"data":{   "x": 1 }}

            """);
  }

  @Test
  void aQuietStreamIsKeptOpen() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StreamWriter writer = new StreamWriter(out, Duration.ofNanos(1));

    writer.beat();

    assertThat(out.toString(UTF_8)).isEqualTo(": still here\n\n");
  }

  @Test
  void typesAreNamedInThreeForms() {
    assertThat(StreamFilter.parse(null, null).accepts(event("a.b", "k", "{}"))).isTrue();
    assertThat(StreamFilter.parse(List.of("x", "a.*"), "k").accepts(event("a.b", "k", "{}")))
        .isTrue();
    assertThat(StreamFilter.parse(List.of("x,*"), "k").accepts(event("a.b", null, "{}"))).isFalse();
    assertThat(StreamFilter.parse(List.of("a"), null).accepts(event("a.b", "k", "{}"))).isFalse();
    for (String wrong : List.of("a*", "*.b", "a b", "**", "a".repeat(300))) {
      assertThatThrownBy(() -> StreamFilter.parse(List.of(wrong), null))
          .as(wrong)
          .isInstanceOf(ProblemException.class);
    }
  }

  private static EventStream stream(long maxBytes) {
    return new EventStream(TENANT, new StreamFilter(List.of(), null), maxBytes);
  }

  private static String written(EventStream stream) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StreamWriter(out, Duration.ofSeconds(15)).writeAll(stream);
    return out.toString(UTF_8);
  }

  private static EventRecord event(String type, String key, String data) {
    return new EventRecord(
        "evt_1",
        type,
        "/test",
        Instant.parse("2026-01-01T00:00:00Z"),
        null,
        TENANT,
        key,
        null,
        null,
        data.getBytes(UTF_8));
  }
}
