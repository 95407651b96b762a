package slipway.upload.resumable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Who asks for an upload.
 *
 * @param address whom it is counted for
 * @param program what its client says of itself; empty for nothing
 */
public record Sender(String address, String program) {
  private static final int MARK_BYTES = 10;

  /** What tells it from others, in the database: hex digits. */
  String mark() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest((address + "\n" + program).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
