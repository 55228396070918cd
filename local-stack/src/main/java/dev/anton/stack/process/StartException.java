package dev.anton.stack.process;

/**
 * Something could not be started. The message is one plain sentence for the person at the terminal:
 * what is wrong, and what to do about it.
 */
public class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartException(String sentence) {
    super(sentence);
  }

  public StartException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
