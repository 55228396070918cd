package dev.anton.dispatcher.secret;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The AES-256 keys by their ids; the first is the one that encrypts. */
final class SecretKeys {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final int KEY_BYTES = 32;

  private final String currentId;
  private final Map<String, SecretKey> byId;

  private SecretKeys(String currentId, Map<String, SecretKey> byId) {
    this.currentId = currentId;
    this.byId = byId;
  }

  /**
   * @param entries {@code keyId:base64}
   * @throws SecretKeysException if there is none, or one has another form
   */
  static SecretKeys parse(List<String> entries) {
    Map<String, SecretKey> byId = new LinkedHashMap<>();
    for (String entry : entries) {
      int colon = entry.indexOf(':');
      String id = colon < 0 ? "" : entry.substring(0, colon).strip();
      if (!ID.matcher(id).matches()) {
        throw new SecretKeysException(
            "An entry of anton.secrets.keys does not begin with a key id and a colon.");
      }
      if (byId.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
        throw new SecretKeysException("anton.secrets.keys has two keys with the id " + id + ".");
      }
    }
    if (byId.isEmpty()) {
      throw new SecretKeysException(
          "There is no key to encrypt webhook secrets with: anton.secrets.keys is empty.");
    }
    return new SecretKeys(byId.keySet().iterator().next(), Map.copyOf(byId));
  }

  String currentId() {
    return currentId;
  }

  Optional<SecretKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private static SecretKey key(String id, String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == KEY_BYTES) {
        return new SecretKeySpec(bytes, "AES");
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same sentence; the exception's own message quotes the key.
    }
    throw new SecretKeysException(
        "The key " + id + " in anton.secrets.keys is not the base64 of " + KEY_BYTES + " bytes.");
  }
}
