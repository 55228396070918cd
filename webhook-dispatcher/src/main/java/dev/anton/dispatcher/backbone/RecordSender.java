package dev.anton.dispatcher.backbone;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sends records as bytes; what it says was sent was acknowledged by all in-sync replicas. */
public final class RecordSender implements AutoCloseable {

  /** Below the broker's default limit, and below what a topic may have been limited to. */
  private static final List<Integer> CLIPPED = List.of(1_000_000, 250_000, 16_000);

  private final Producer<byte[], byte[]> producer;

  RecordSender(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Fails with what the broker or the producer said; it may have been written all the same. */
  public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    try {
      var _ =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  sent.complete(metadata);
                } else {
                  sent.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  /**
   * Sends a record as it is or, if that is too large for the broker, clipped so far that it fits.
   */
  public CompletableFuture<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Clipping clipping) {
    CompletableFuture<RecordMetadata> sent = send(record);
    for (int limit : CLIPPED) {
      sent =
          // Not on the producer's own thread, which must not wait for itself.
          sent.exceptionallyComposeAsync(
              failure ->
                  isTooLarge(failure)
                      ? send(clipping.clip(record, limit))
                      : CompletableFuture.failedFuture(failure));
    }
    return sent;
  }

  private static boolean isTooLarge(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure.getCause() instanceof RecordTooLargeException;
  }

  @Override
  public void close() {
    producer.close();
  }
}
