package dev.anton.executor.submission;

import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.execution.NewExecution;
import dev.anton.executor.run.Engine;
import dev.anton.schemas.kafka.Topics;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Queues the executions that the planner hands over. Offsets are committed after this returns, so
 * after the transaction: a command is queued at least once, and its id makes that once.
 */
@Component
class CommandConsumer {

  private static final Logger log = LoggerFactory.getLogger(CommandConsumer.class);

  private record Decoded(ConsumerRecord<String, byte[]> record, NewExecution execution) {}

  private final CommandDecoder decoder;
  private final UndecodableCommands undecodable;
  private final ExecutionStore store;
  private final Engine engine;

  CommandConsumer(
      CommandDecoder decoder,
      UndecodableCommands undecodable,
      ExecutionStore store,
      Engine engine) {
    this.decoder = decoder;
    this.undecodable = undecodable;
    this.store = store;
    this.engine = engine;
  }

  @KafkaListener(
      id = "execution-commands",
      idIsGroup = false,
      topics = Topics.EXECUTION_COMMANDS,
      batch = "true")
  void consume(List<ConsumerRecord<String, byte[]>> records) {
    List<Decoded> decoded = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        decoded.add(new Decoded(record, decoder.decode(record)));
      } catch (UndecodableEventException e) {
        undecodable.putAside(record, Objects.requireNonNull(e.getMessage()));
      }
    }
    queue(decoded);
    engine.wake();
  }

  private void queue(List<Decoded> decoded) {
    if (decoded.isEmpty()) {
      return;
    }
    try {
      Set<String> added = store.queue(decoded.stream().map(Decoded::execution).toList());
      log.info("Queued {} executions of {} commands", added.size(), decoded.size());
    } catch (DataIntegrityViolationException e) {
      if (decoded.size() == 1) {
        undecodable.putAside(decoded.getFirst().record(), "The command cannot be stored");
        return;
      }
      // One command must not take the others of its batch with it.
      decoded.forEach(one -> queue(List.of(one)));
    }
  }
}
