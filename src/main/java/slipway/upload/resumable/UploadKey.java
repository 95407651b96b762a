package slipway.upload.resumable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which upload a piece belongs to. Identifiers are made of size and name and are the same for
 * several visitors, so that the token is part of it.
 *
 * @param token the upload token's secret
 * @param identifier the name the client gave the file: data, never a path
 * @param size bytes of the whole file
 */
public record UploadKey(String token, String identifier, long size) {
  private static final String IN_ORDER = "in-order:";

  /**
   * That of a file to which its client gives no identifier, and of which it sends one chunk after
   * the other. Of phones, all photos have one name: so who sends it is part of the identifier, and
   * two senders never share an upload.
   *
   * @param name what is known of the file
   */
  public static UploadKey inOrder(String token, String name, long size, Sender who) {
    String sent = String.join("\0", token, who.address(), who.program(), name);
    return new UploadKey(token, IN_ORDER + hash(sent), size);
  }

  static boolean isInOrder(String identifier) {
    return identifier.startsWith(IN_ORDER);
  }

  /** Whether it is one of {@link #inOrder}. */
  public boolean isInOrder() {
    return isInOrder(identifier);
  }

  /** Tells it from others of the same token, in 64 characters. */
  String hash() {
    return hash(size + ":" + identifier);
  }

  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  UploadKey withSize(long other) {
    return new UploadKey(token, identifier, other);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "UploadKey[size=" + size + "]";
  }
}
