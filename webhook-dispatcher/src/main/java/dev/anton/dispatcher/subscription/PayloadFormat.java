package dev.anton.dispatcher.subscription;

/** How an event's body is rendered for an endpoint. */
public enum PayloadFormat {
  /** {@code {event, timestamp, data}}. */
  ANTON("anton"),
  /** The Playground's body. */
  FLAT("flat"),
  /** Standard Webhooks' {@code {type, timestamp, data}}. */
  STANDARD("standard"),
  /** CloudEvents 1.0, structured mode. */
  CLOUDEVENTS("cloudevents"),
  /** CloudEvents 1.0, binary mode. */
  CLOUDEVENTS_BINARY("cloudevents-binary");

  private final String wireName;

  PayloadFormat(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
