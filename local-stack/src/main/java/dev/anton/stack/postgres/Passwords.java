package dev.anton.stack.postgres;

import dev.anton.stack.process.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Properties;

/** The password of each database role: made at random once, kept in a file with mode 0600. */
final class Passwords {

  private static final int BYTES = 24; // 192 bits, 32 characters

  private final Properties byRole;

  private Passwords(Properties byRole) {
    this.byRole = byRole;
  }

  /** Reads the file and adds to it whichever role has no password yet. */
  static Passwords loadOrCreate(Path file, Collection<String> roles) throws IOException {
    Properties byRole = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        byRole.load(reader);
      }
    }
    boolean complete = true;
    for (String role : roles) {
      if (byRole.getProperty(role) == null) {
        byRole.setProperty(role, random());
        complete = false;
      }
    }
    if (!complete) {
      StringWriter content = new StringWriter();
      byRole.store(content, null);
      PrivateFiles.write(file, content.toString());
    }
    return new Passwords(byRole);
  }

  String of(String role) {
    String password = byRole.getProperty(role);
    if (password == null) {
      throw new IllegalArgumentException("There is no database role " + role);
    }
    return password;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
