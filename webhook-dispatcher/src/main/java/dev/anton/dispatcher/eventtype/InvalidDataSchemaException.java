package dev.anton.dispatcher.eventtype;

/** A schema that cannot be registered; the message is for whoever wrote it. */
final class InvalidDataSchemaException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * @param pointer where in the schema
   */
  InvalidDataSchemaException(String pointer, String message) {
    super(message);
    this.pointer = pointer;
  }

  String pointer() {
    return pointer;
  }
}
