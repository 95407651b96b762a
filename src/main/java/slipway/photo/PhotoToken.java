package slipway.photo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** The secret of a photo or an album: 32 letters and digits, over 190 random bits. */
final class PhotoToken {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;
  private static final int SIX_BITS = 0x3f;

  /** Enough random bytes that there are hardly ever too few letters: two of 64 values give none. */
  private static final int AT_ONCE = 40;

  private PhotoToken() {}

  /** Compares a given secret in constant time. */
  static boolean isGiven(String secret, String given) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  static String random() {
    StringBuilder token = new StringBuilder(LENGTH);
    byte[] random = new byte[AT_ONCE];
    while (token.length() < LENGTH) {
      RANDOM.nextBytes(random); // Once for most: each call costs as much as the bytes.
      for (int i = 0; i < AT_ONCE && token.length() < LENGTH; i++) {
        int letter = random[i] & SIX_BITS;
        if (letter < ALPHABET.length()) {
          token.append(ALPHABET.charAt(letter));
        }
      }
    }
    return token.toString();
  }
}
