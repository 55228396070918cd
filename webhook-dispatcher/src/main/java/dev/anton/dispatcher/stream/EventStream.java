package dev.anton.dispatcher.stream;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client. Whoever reads the log never waits for it: a client that falls behind
 * by more than the buffer gets what is in it, and then the end.
 */
final class EventStream {

  private final Tenant tenant;
  private final StreamFilter filter;
  private final long maxBytes;
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  EventStream(Tenant tenant, StreamFilter filter, long maxBytes) {
    this.tenant = tenant;
    this.filter = filter;
    this.maxBytes = maxBytes;
  }

  Tenant tenant() {
    return tenant;
  }

  boolean wants(EventRecord event) {
    return tenant.equals(event.tenant()) && filter.accepts(event);
  }

  /** Called by one thread at a time. */
  void offer(Frame frame) {
    if (ending.get() != null) {
      return;
    }
    int length = frame.bytes().length;
    if (bytes.addAndGet(length) > maxBytes) {
      end(Ending.SLOW);
    } else {
      frames.add(frame);
    }
  }

  /** Ends the stream behind what is in the buffer; only the first call counts. */
  void end(Ending why) {
    if (ending.compareAndSet(null, why)) {
      frames.add(Frame.last(why));
    }
  }

  Ending ending() {
    Ending why = ending.get();
    return why == null ? Ending.LEFT : why;
  }

  /** The next frame; null if there is none for so long. */
  @Nullable Frame next(Duration patience) throws InterruptedException {
    Frame frame = frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (frame != null) {
      bytes.addAndGet(-frame.bytes().length);
    }
    return frame;
  }
}
