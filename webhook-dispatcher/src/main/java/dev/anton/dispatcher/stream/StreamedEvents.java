package dev.anton.dispatcher.stream;

import dev.anton.dispatcher.consume.EventCheck;
import dev.anton.dispatcher.consume.EventTopics;
import dev.anton.dispatcher.delivery.EventReading;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.UndecodableEventException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What of the log is an event: the same that is delivered to webhooks. */
final class StreamedEvents {

  private final EventCheck check;
  private final Pattern names;

  StreamedEvents(EventTopics topics) {
    this.check = new EventCheck(topics);
    this.names = topics.pattern();
  }

  boolean isRead(String topic) {
    return names.matcher(topic).matches();
  }

  /** The event if somebody wants it; only then is its data looked at. */
  Optional<EventRecord> read(ConsumerRecord<byte[], byte[]> record, Predicate<EventRecord> wanted) {
    try {
      return wanted.test(EventReading.read(record).event())
          ? Optional.of(check.read(record).event())
          : Optional.empty();
    } catch (UndecodableEventException e) {
      // The dispatcher puts it where it is seen.
      return Optional.empty();
    }
  }
}
