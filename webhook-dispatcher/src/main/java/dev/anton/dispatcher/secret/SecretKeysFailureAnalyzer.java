package dev.anton.dispatcher.secret;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a start without usable keys into a sentence instead of a stack trace. */
final class SecretKeysFailureAnalyzer extends AbstractFailureAnalyzer<SecretKeysException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, SecretKeysException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Set anton.secrets.keys (or ANTON_SECRETS_KEYS) to a name, a colon and 32 random bytes in"
            + " base64, as in k1:$(openssl rand -base64 32).",
        cause);
  }
}
