package dev.anton.dispatcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One exchange from its start to its one outcome. Whoever is first tells the listener: the complete
 * answer, the failure, the deadline, or the answer's size.
 */
class Exchange implements AsyncResponseConsumer<Outcome>, FutureCallback<Outcome> {

  private final HttpLimits limits;
  private final long startedAt = System.nanoTime();

  /** Null once it was told the outcome: the timers hold on to exchanges longer than they live. */
  private @Nullable ExchangeListener listener;

  /** Null once it is being sent. */
  private @Nullable UnsentRequests unsent;

  private final int slot;
  private @Nullable Future<?> running;
  private boolean aborted;

  // The answer; touched by the event loop only.
  private int status;
  private @Nullable Duration retryAfter;
  private byte @Nullable [] kept;
  private int keptBytes;
  private long readBytes;
  private @Nullable FutureCallback<Outcome> result;

  Exchange(HttpLimits limits, ExchangeListener listener, UnsentRequests unsent, URI url) {
    this.limits = limits;
    this.listener = listener;
    this.unsent = unsent;
    this.slot = UnsentRequests.slot(Objects.requireNonNullElse(url.getAuthority(), ""));
    unsent.add(slot);
  }

  /** What the client notes of the exchange; a new one each time it is asked. */
  HttpClientContext context() {
    return HttpClientContext.create();
  }

  /** An event loop begins to send it. */
  synchronized void sending() {
    UnsentRequests waiting = unsent;
    if (waiting != null) {
      unsent = null;
      waiting.remove(slot);
    }
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - startedAt >= age.toNanos();
  }

  synchronized boolean isOver() {
    return listener == null;
  }

  /** Binds what has to be cancelled to stop the exchange. */
  void runs(Future<?> future) {
    boolean tooLate;
    synchronized (this) {
      running = listener == null ? null : future;
      tooLate = aborted;
    }
    if (tooLate) {
      future.cancel(true);
    }
  }

  /** Tells the listener, unless the outcome came first. */
  synchronized void slow() {
    sending(); // if it still waits, then not for us
    if (listener != null) {
      listener.slow();
    }
  }

  /** Stops the exchange and closes its connection. */
  void abort(Outcome outcome) {
    Future<?> future;
    synchronized (this) {
      aborted = true;
      future = running;
    }
    end(outcome);
    if (future != null) {
      future.cancel(true);
    }
  }

  void end(Outcome outcome) {
    ExchangeListener told;
    synchronized (this) {
      told = listener;
      listener = null;
      running = null;
      sending();
    }
    if (told != null) {
      told.ended(outcome, Duration.ofNanos(System.nanoTime() - startedAt));
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<Outcome> resultCallback)
      throws HttpException, IOException {
    status = response.getCode();
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    retryAfter = header == null ? null : RetryAfter.parse(header.getValue());
    if (entity == null) {
      resultCallback.completed(outcome());
    } else {
      result = resultCallback;
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(limits.maxAnswerBytes());
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    readBytes += bytes.remaining();
    keep(bytes);
    bytes.position(bytes.limit());
    if (readBytes > limits.maxAnswerBytes()) {
      // The status says what became of the delivery; what else comes is not worth the bandwidth.
      end(outcome());
    }
    if (isOver()) {
      // Closes the connection, whatever cancelling did: it may come between two of the client's
      // steps and then reaches neither.
      throw new ConnectionClosedException("The exchange is over");
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    FutureCallback<Outcome> callback = result;
    if (callback != null) {
      callback.completed(outcome());
    }
  }

  @Override
  public void completed(Outcome outcome) {
    end(outcome);
  }

  @Override
  public void failed(Exception cause) {
    end(Failures.outcome(cause));
  }

  @Override
  public void cancelled() {
    end(new Outcome.ConnectionFailed("The exchange was cancelled"));
  }

  @Override
  public void releaseResources() {}

  private void keep(ByteBuffer bytes) {
    int room = limits.keptAnswerBytes() - keptBytes;
    int taken = Math.min(room, bytes.remaining());
    if (taken <= 0) {
      return;
    }
    byte[] target = kept;
    if (target == null) {
      target = new byte[Math.min(limits.keptAnswerBytes(), Math.max(taken, 64))];
    } else if (target.length < keptBytes + taken) {
      target = Arrays.copyOf(target, limits.keptAnswerBytes());
    }
    bytes.get(target, keptBytes, taken);
    kept = target;
    keptBytes += taken;
  }

  private Outcome outcome() {
    String answer = kept == null || keptBytes == 0 ? null : new String(kept, 0, keptBytes, UTF_8);
    return status >= 200 && status < 300
        ? new Outcome.Delivered(status, answer)
        : new Outcome.Refused(status, retryAfter, answer);
  }
}
