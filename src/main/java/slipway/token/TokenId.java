package slipway.token;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the secret of an upload token: 160 random bits as 40 hex digits. */
final class TokenId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 20;

  private TokenId() {}

  static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
