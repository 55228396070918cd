package dev.anton.stack;

import dev.anton.stack.process.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * What the services encrypt secrets with, made at random at the first start and kept in a file with
 * mode 0600. Without it, stored webhook secrets cannot be read again.
 *
 * @param keys the value of {@code anton.secrets.keys}
 */
record Secrets(String keys) {

  private static final String KEYS = "anton.secrets.keys";
  private static final int KEY_BYTES = 32;

  static Secrets loadOrCreate(Path file) throws IOException {
    Properties stored = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        stored.load(reader);
      }
    }
    String keys = stored.getProperty(KEYS);
    if (keys == null) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      keys = "local-1:" + Base64.getEncoder().encodeToString(key);
      stored.setProperty(KEYS, keys);
      StringWriter content = new StringWriter();
      stored.store(content, "Stored webhook secrets can be read with these keys only.");
      PrivateFiles.write(file, content.toString());
    }
    return new Secrets(keys);
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
