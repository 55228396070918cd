package dev.anton.outbox;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where a service leaves the records that must reach Kafka if, and only if, its transaction
 * commits.
 *
 * <p>Records of one key are sent in the order in which they were appended, whatever their topics: a
 * record to another topic leaves only after every earlier one of its key was acknowledged. The
 * caller therefore appends records of one key under that aggregate's row lock.
 */
public interface Outbox {

  /** Largest value of a record, in bytes; larger results go by reference. */
  int MAX_VALUE_BYTES = 256 * 1024;

  /**
   * Appends records in the running transaction.
   *
   * @throws IllegalArgumentException if a record has no {@code ce_tenant}
   * @throws RecordTooLargeException if a value is larger than {@link #MAX_VALUE_BYTES}
   * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction
   */
  void append(List<ProducerRecord<String, byte[]>> records);

  /**
   * Whether records of the key wait that Kafka has yet to acknowledge. Sees what is committed;
   * costs a look at all that wait.
   */
  boolean isPending(String key);

  /** As {@link #append(List)}, for one record. */
  default void append(ProducerRecord<String, byte[]> record) {
    append(List.of(record));
  }
}
