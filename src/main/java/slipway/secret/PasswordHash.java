package slipway.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password in its stored form, with a cost for each guess even for somebody who has the database
 * (PBKDF2, RFC 8018, with HMAC-SHA-256). Written as {@code iterations$salt$hash}, so that the
 * number can grow.
 */
public final class PasswordHash {
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

  /**
   * Some tenths of a second. Fewer than for the password of a user: it is entered together with a
   * secret of 128 bits, and each check is work that anybody with that may ask of the server.
   */
  private static final int ITERATIONS = 100_000;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PasswordHash() {}

  /** The stored form of a password. */
  public static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return ITERATIONS
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash(password, salt, ITERATIONS));
  }

  /** Whether a password matches its stored form; takes equally long if it does not. */
  public static boolean matches(String password, String kept) {
    String[] parts = kept.split("\\$", -1);
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] hash = hash(password, base64.decode(parts[1]), Integer.parseInt(parts[0]));
    return MessageDigest.isEqual(hash, base64.decode(parts[2]));
  }

  private static byte[] hash(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
