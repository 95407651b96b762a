package slipway.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Makes the secret of an upload token: 40 hex digits, of which 32 are 128 random bits. The first
 * eight are the time of issue, in seconds, so that rows of one time are neighbours in the database
 * and a commit writes few of its pages.
 */
final class TokenId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 16;

  private TokenId() {}

  static String issuedAt(Instant now) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    ByteBuffer id =
        ByteBuffer.allocate(Integer.BYTES + RANDOM_BYTES)
            .putInt((int) now.getEpochSecond())
            .put(random);
    return HexFormat.of().formatHex(id.array());
  }
}
