package dev.anton.dispatcher.backbone;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends records as bytes; what it says was sent was acknowledged by all in-sync replicas. */
public final class RecordSender implements AutoCloseable {

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

  @Override
  public void close() {
    producer.close();
  }
}
