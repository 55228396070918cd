package dev.anton.dispatcher.filter;

/** A filter says neither yes nor no to an event; the message says why, for its owner. */
public final class FilterFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  FilterFailedException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What went wrong. */
  public enum Kind {
    /** A field that is not there, a value of another type, or the like. */
    ERROR("error"),
    /** It would take too long on this event. */
    COST("cost"),
    /** It was accepted once and is not any more. */
    INVALID("invalid");

    private final String tag;

    Kind(String tag) {
      this.tag = tag;
    }

    /** Its name in metrics. */
    public String tag() {
      return tag;
    }
  }
}
