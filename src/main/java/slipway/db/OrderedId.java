package slipway.db;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Makes ids that are random except for their first eight hex digits, the time in 256ths of a
 * second, which starts over after half a year: rows of one time are neighbours in an index, so that
 * a commit writes few of its pages.
 */
public final class OrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PARTS = 256;
  private static final HexFormat HEX = HexFormat.of();

  private OrderedId() {}

  /**
   * A new one, of lower-case hex digits.
   *
   * @param randomBytes how many of its bytes are random, each two digits; 16 for a secret
   */
  public static String of(Instant now, int randomBytes) {
    byte[] random = new byte[randomBytes];
    RANDOM.nextBytes(random);
    return HEX.toHexDigits((int) (now.toEpochMilli() * PARTS / 1000)) + HEX.formatHex(random);
  }
}
