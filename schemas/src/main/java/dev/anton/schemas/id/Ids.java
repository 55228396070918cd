package dev.anton.schemas.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/**
 * Makes the ids that clients see: a prefix that names the kind, then a UUIDv7 (RFC 9562) as 32 hex
 * digits. Ids of one kind therefore sort by the time they were made, as text too.
 */
public final class Ids {

  private static final TimeBasedEpochGenerator UUID_V7 = Generators.timeBasedEpochGenerator();

  private Ids() {}

  public static String session() {
    return next("ses_");
  }

  public static String execution() {
    return next("exe_");
  }

  public static String job() {
    return next("job_");
  }

  public static String webhook() {
    return next("wh_");
  }

  public static String event() {
    return next("evt_");
  }

  public static String delivery() {
    return next("dlv_");
  }

  public static String deadLetter() {
    return next("dl_");
  }

  /**
   * The next id with the given prefix.
   *
   * @param prefix ends with an underscore, such as {@code "rpl_"}
   */
  public static String next(String prefix) {
    UUID uuid = UUID_V7.generate();
    StringBuilder id = new StringBuilder(prefix.length() + 32).append(prefix);
    appendHex(id, uuid.getMostSignificantBits());
    appendHex(id, uuid.getLeastSignificantBits());
    return id.toString();
  }

  private static void appendHex(StringBuilder id, long bits) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      id.append(Character.forDigit((int) (bits >>> shift) & 0xF, 16));
    }
  }
}
