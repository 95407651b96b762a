package slipway.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Signs texts, HMAC-SHA256 (RFC 2104), so that they need not be kept to be known again. */
public final class Signer {
  /** How many characters a signature has: base64url (RFC 4648, 5) without padding. */
  public static final int CHARS = 43;

  private static final String HMAC = "HmacSHA256";

  private final SecretKey key;

  /** With a key that is used for nothing else. */
  Signer(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** The code of a text under a key. */
  static byte[] code(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HMAC, e);
    }
  }

  /** The signature of a text. */
  public String sign(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code(key, text));
  }

  /** Whether that is the text's signature; every wrong one takes as long to tell. */
  public boolean hasSigned(String text, String signature) {
    return MessageDigest.isEqual(
        sign(text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
  }
}
