package slipway.http.upload.tus;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import slipway.http.ApiException;
import slipway.http.ErrorCode;

/** The header {@code Upload-Checksum} of a piece (tus 1.0.0, "Checksum"). */
final class Checksum {
  /** Algorithms of the header {@code Tus-Checksum-Algorithm}. */
  static final String ALGORITHMS = "sha1,sha256,md5";

  private static final Map<String, String> DIGESTS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5");
  private static final int MISMATCH = 460;

  private final MessageDigest digest;
  private final byte[] expected;

  private Checksum(MessageDigest digest, byte[] expected) {
    this.digest = digest;
    this.expected = expected;
  }

  /**
   * Reads the header; null gives null.
   *
   * @throws ApiException when it is malformed or names another algorithm
   */
  static Checksum parse(String header) throws ApiException {
    if (header == null) {
      return null;
    }
    String[] parts = header.strip().split(" ", 2);
    String algorithm = DIGESTS.get(parts[0]);
    try {
      if (algorithm != null && parts.length == 2) {
        return new Checksum(
            MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(parts[1].strip()));
      }
    } catch (IllegalArgumentException e) {
      // The error is thrown below.
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
    throw new ApiException(
        ErrorCode.INVALID_INPUT,
        "The header Upload-Checksum must be one of "
            + ALGORITHMS
            + ", a space and the checksum in base64.");
  }

  void update(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** Checks the piece at its end. */
  void verify() throws ApiException {
    if (!Arrays.equals(digest.digest(), expected)) {
      throw new ApiException(
              ErrorCode.INVALID_INPUT, "The bytes do not match the checksum sent with them.")
          .withStatus(MISMATCH);
    }
  }
}
