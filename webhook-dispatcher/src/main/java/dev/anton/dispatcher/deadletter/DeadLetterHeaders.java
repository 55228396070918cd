package dev.anton.dispatcher.deadletter;

import java.util.List;
import org.apache.kafka.common.header.Headers;

/** What a dead letter's record says beside the original headers. */
public final class DeadLetterHeaders {

  static final String PREFIX = "dead_letter_";

  /** The dead letter's id. */
  public static final String ID = PREFIX + "id";

  /** Why the last attempt failed. */
  public static final String REASON = PREFIX + "reason";

  /** When it was given up, ISO-8601. */
  public static final String TIME = PREFIX + "time";

  /** How many attempts were made. */
  public static final String ATTEMPTS = PREFIX + "attempts";

  public static final String SUBSCRIPTION = PREFIX + "webhook_id";
  public static final String DELIVERY = PREFIX + "delivery_id";

  /** Where the original lies. */
  public static final String TOPIC = PREFIX + "topic";

  public static final String PARTITION = PREFIX + "partition";
  public static final String OFFSET = PREFIX + "offset";

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
