package dev.anton.dispatcher.eventlog;

import org.apache.kafka.clients.consumer.Consumer;

/** For those who read on for longer than others should wait: a consumer of their own. */
public interface LogConsumers {

  /** A consumer that belongs to no group's balance and commits nothing; the caller closes it. */
  Consumer<byte[], byte[]> open();
}
