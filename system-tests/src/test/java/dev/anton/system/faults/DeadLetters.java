package dev.anton.system.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.Topics;
import dev.anton.system.EventLog;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Notes which events of a run lie on the dead-letter topic. */
final class DeadLetters implements AutoCloseable {

  private final EventLog log;
  private final Ledger ledger;
  private int seen;

  DeadLetters(String bootstrapServers, Ledger ledger) {
    this.log = new EventLog(bootstrapServers);
    this.ledger = ledger;
  }

  /** Reads on to the topic's end. */
  void read() {
    List<ConsumerRecord<String, byte[]>> letters = log.records(Topics.DEAD_LETTER);
    for (ConsumerRecord<String, byte[]> letter : letters.subList(seen, letters.size())) {
      Header id = letter.headers().lastHeader(CloudEventHeaders.ID);
      int number = ledger.number(new String(id.value(), UTF_8));
      if (number >= 0) {
        ledger.dead(number);
      }
    }
    seen = letters.size();
  }

  @Override
  public void close() {
    log.close();
  }
}
