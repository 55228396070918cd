package dev.anton.api.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A request that carries an idempotency key, as hashes.
 *
 * @param keyHash finds the row
 * @param requestHash tells whether it is the same request
 * @param answerSecret from what only the client has; never stored
 */
@SuppressWarnings("ArrayRecordComponent") // hashes go straight into SQL and the cipher
record KeyedRequest(Tenant tenant, byte[] keyHash, byte[] requestHash, byte[] answerSecret) {

  private static final int MAX_KEY_LENGTH = 255;

  /**
   * @param keys the values of the header
   * @throws ProblemException if they are no key
   */
  static KeyedRequest of(
      Tenant tenant, List<String> keys, HttpServletRequest request, byte[] body) {
    String key = keys.size() == 1 ? keys.getFirst() : "";
    if (key.isEmpty()
        || key.length() > MAX_KEY_LENGTH
        || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw ProblemException.badInput(
          "invalid-idempotency-key",
          IdempotencyFilter.HEADER,
          "Idempotency-Key is one value of 1 to " + MAX_KEY_LENGTH + " printable ASCII characters");
    }
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    byte[][] parts = {
      request.getMethod().getBytes(UTF_8),
      request.getRequestURI().getBytes(UTF_8),
      query.getBytes(UTF_8),
      body
    };
    byte[] keyBytes = key.getBytes(UTF_8);
    return new KeyedRequest(
        tenant,
        hash("key", keyBytes),
        hash("request", parts),
        hash("answer", tenant.id().getBytes(UTF_8), keyBytes, hash("body", body)));
  }

  /** Each part goes in with its length, so that no two lists of parts look alike. */
  private static byte[] hash(String purpose, byte[]... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(purpose.getBytes(UTF_8));
      for (byte[] part : parts) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        sha256.update(part);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
