package dev.anton.dispatcher.stream;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/**
 * The streams of this replica. Each is written by the thread of its request, which is a virtual
 * one. They end before the web server begins to wait for its requests.
 */
final class EventStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

  private static final int JOIN_SECONDS = 10;

  /** What a client asks for. */
  record Request(Tenant tenant, StreamFilter filter, @Nullable String lastEventId) {}

  /** Where the answer goes, which begins when this is asked. */
  interface Answer {

    OutputStream begin() throws IOException;
  }

  /** How the log is read. */
  record Log(LiveTail tail, LastEvents lastEvents, CatchUp catchUp) {}

  private final Log reads;
  private final StreamSettings settings;
  private final StreamSlots slots;
  private final MeterRegistry meters;
  private volatile boolean running;

  EventStreams(Log reads, StreamSettings settings, MeterRegistry meters) {
    this.reads = reads;
    this.settings = settings;
    this.slots = new StreamSlots(settings);
    this.meters = meters;
    Gauge.builder("anton.streams", slots, StreamSlots::inAll)
        .description("Clients that listen to events")
        .register(meters);
  }

  /**
   * Streams until the client leaves or the stream ends.
   *
   * @throws ProblemException if it cannot begin
   */
  void stream(Request request, Answer answer) {
    if (!slots.take(request.tenant())) {
      count("turned_away");
      throw new ProblemException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-streams",
          "Too many streams are open; close one, or try again later",
          List.of());
    }
    EventStream stream =
        new EventStream(request.tenant(), request.filter(), settings.buffer().toBytes());
    try {
      write(stream, request.lastEventId(), answer);
      count(stream.ending().label());
    } catch (IOException e) {
      log.debug("A client left", e);
      count(Ending.LEFT.label());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("unavailable", "The service is stopping; try again");
    } finally {
      reads.tail().leave(stream);
      slots.giveBack(request.tenant());
    }
  }

  private void write(EventStream stream, @Nullable String lastEventId, Answer answer)
      throws IOException, InterruptedException {
    LastEvent last =
        lastEventId == null ? null : reads.lastEvents().find(stream.tenant(), lastEventId);
    Map<TopicPartition, Long> live = join(stream);
    if (!running) {
      stream.end(Ending.STOPPING);
    }
    StreamWriter writer;
    try (CatchUp.Reading missed = last == null ? null : reads.catchUp().since(last, live)) {
      writer = new StreamWriter(answer.begin(), settings.heartbeat());
      writer.write(Frame.comment("open"));
      if (missed != null && !missed.writeTo(writer, stream)) {
        // What is live must not come behind a gap.
        writer.write(Frame.last(Ending.INTERRUPTED));
        stream.end(Ending.INTERRUPTED);
        return;
      }
    }
    writer.writeAll(stream);
  }

  private Map<TopicPartition, Long> join(EventStream stream) throws InterruptedException {
    try {
      return reads.tail().join(stream).get(JOIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.info("A stream could not begin", e);
      throw ProblemException.unavailable(
          "unavailable", "The event log cannot be read right now; try again in a few seconds");
    }
  }

  private void count(String reason) {
    meters.counter("anton.streams.ended", "reason", reason).increment();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    reads.tail().endAll(Ending.STOPPING);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
