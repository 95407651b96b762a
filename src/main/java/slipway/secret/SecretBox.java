package slipway.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import slipway.disk.Durable;

/**
 * Encrypts the secrets that must be had again, AES-256-GCM (NIST SP 800-38D), with a key in a file
 * of its own, mode 0600: a copy of the database alone gives no secret away. What Slipway signs is
 * signed by keys made of that one.
 */
public final class SecretBox {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String name;
  private final SecretKey key;

  private SecretBox(String name, SecretKey key) {
    this.name = name;
    this.key = key;
  }

  /**
   * With a key that is kept elsewhere.
   *
   * @param key 64 hex digits
   * @param name what it is known by, for people
   */
  public static SecretBox of(String key, String name) {
    return new SecretBox(name, new SecretKeySpec(HexFormat.of().parseHex(key), "AES"));
  }

  /**
   * Reads the key file, which is made if it is missing, and flushed before it encrypts anything.
   *
   * @param isNeeded whether there are secrets that only the existing key decrypts
   * @throws IOException when it cannot be read or made, is no key file, or is missing and needed
   */
  public static SecretBox open(Path file, boolean isNeeded) throws IOException {
    if (!Files.exists(file)) {
      if (isNeeded) {
        throw new IOException(
            "the key file "
                + file
                + " is missing, and the database has secrets that only it decrypts; put it back from"
                + " your back-up");
      }
      OwnerOnly.write(file, HexFormat.of().formatHex(random(KEY_BYTES)) + "\n");
    }
    // The name of a file made just before a crash may not be durable yet.
    Durable.syncFolder(file.toAbsolutePath().getParent());
    try {
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length == KEY_BYTES) {
        return new SecretBox("file " + file, new SecretKeySpec(key, "AES"));
      }
    } catch (IllegalArgumentException e) {
      // The error is thrown below.
    }
    throw new IOException("The key file " + file + " must hold 64 hex digits");
  }

  /** Reads the key file, which is made where it is missing. */
  public static SecretBox open(Path file) throws IOException {
    return open(file, false);
  }

  /**
   * Encrypts a text.
   *
   * @param context what it belongs to; it can be decrypted only with the same context
   */
  public String close(String text, String context) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] closed =
          cipher(Cipher.ENCRYPT_MODE, nonce, context)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(NONCE_BYTES + closed.length).put(nonce).put(closed).array();
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  /**
   * Decrypts the result of {@link #close}.
   *
   * @throws IllegalStateException when it was closed with another key or for another context
   */
  public String open(String closed, String context) {
    byte[] all = Base64.getDecoder().decode(closed);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), context)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The key "
              + name
              + " does not decrypt the secrets of the database; restore the right one",
          e);
    }
  }

  /**
   * What signs by the same key, or rather by one that is made of it for that purpose only.
   *
   * @param purpose what tells it from others
   */
  public Signer signer(String purpose) {
    return new Signer(Signer.code(key, purpose));
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
