package dev.anton.dispatcher.deadletter;

import java.util.List;
import org.apache.kafka.common.header.Headers;

/** What a dead letter's record says beside the original headers. */
public final class DeadLetterHeaders {

  /** The dead letter's id. */
  public static final String ID = "dead_letter_id";

  /** Why the last attempt failed. */
  public static final String REASON = "dead_letter_reason";

  /** When it was given up, ISO-8601. */
  public static final String TIME = "dead_letter_time";

  /** How many attempts were made. */
  public static final String ATTEMPTS = "dead_letter_attempts";

  public static final String SUBSCRIPTION = "dead_letter_webhook_id";
  public static final String DELIVERY = "dead_letter_delivery_id";

  /** Where the original lies. */
  public static final String TOPIC = "dead_letter_topic";

  public static final String PARTITION = "dead_letter_partition";
  public static final String OFFSET = "dead_letter_offset";

  private static final List<String> ALL =
      List.of(ID, REASON, TIME, ATTEMPTS, SUBSCRIPTION, DELIVERY, TOPIC, PARTITION, OFFSET);

  private DeadLetterHeaders() {}

  /** Whether a record with these headers is a dead letter. */
  public static boolean isLetter(Headers headers) {
    return headers.lastHeader(ID) != null;
  }

  /** Leaves the headers of the original. */
  public static void removeFrom(Headers headers) {
    ALL.forEach(headers::remove);
  }
}
