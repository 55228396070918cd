package dev.anton.dispatcher.secret;

/** The keys that secrets are encrypted with are missing or unusable; the message holds none. */
final class SecretKeysException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SecretKeysException(String message) {
    super(message);
  }
}
