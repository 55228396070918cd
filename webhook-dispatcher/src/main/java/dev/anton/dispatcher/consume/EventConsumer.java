package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.matching.SubscriptionIndex;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Consumes while the service runs. It starts when all subscriptions are known, and starts over with
 * a new consumer when one fails for good.
 */
final class EventConsumer implements SmartLifecycle {

  /** Behind all that it hands out to; therefore the first to stop. */
  static final int PHASE = 1000;

  private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
  private static final Duration RESTART = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(15);

  private final SubscriptionIndex index;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Function<Consumer<byte[], byte[]>, PollLoop> loops;
  private final EventTopics topics;
  private final ConsumerState state;
  private volatile @Nullable Thread thread;

  EventConsumer(
      SubscriptionIndex index,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Function<Consumer<byte[], byte[]>, PollLoop> loops,
      EventTopics topics,
      ConsumerState state) {
    this.index = index;
    this.consumers = consumers;
    this.loops = loops;
    this.topics = topics;
    this.state = state;
  }

  @Override
  public void start() {
    state.start();
    thread = Thread.ofPlatform().name("dispatcher-poll").start(this::run);
  }

  @Override
  public void stop() {
    state.stop();
    Thread running = thread;
    if (running != null) {
      try {
        if (!running.join(STOP)) {
          log.warn("The consumer did not stop in time; what it had read will be read again");
          running.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private void run() {
    try {
      while (!index.isLoaded()) {
        Thread.sleep(20);
        if (state.isStopping()) {
          return;
        }
      }
      while (!state.isStopping()) {
        consume();
        if (!state.isStopping()) {
          Thread.sleep(RESTART);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void consume() {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      loops.apply(consumer).run(topics);
    } catch (RuntimeException e) {
      log.error("The consumer failed and is started again", e);
    } finally {
      state.left();
    }
  }
}
