package dev.anton.dispatcher.secret;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.secrets}.
 *
 * @param keys {@code keyId:base64} entries, each of 32 bytes. The first encrypts, the others are
 *     kept to read what was encrypted before. There is no default: a key that everybody knows is
 *     none.
 */
@ConfigurationProperties("anton.secrets")
record SecretsProperties(@DefaultValue List<String> keys) {

  SecretsProperties {
    keys = List.copyOf(keys);
  }

  /** Says nothing of the keys, so that no log line can. */
  @Override
  public String toString() {
    return "SecretsProperties[" + keys.size() + " keys]";
  }
}
