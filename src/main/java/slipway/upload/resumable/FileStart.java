package slipway.upload.resumable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import slipway.media.PartialFile;

/**
 * How a file begins, to tell it from others once it is gone.
 *
 * @param length bytes that are known of it, at most {@link #MOST}
 * @param digest their SHA-256, in hex digits
 */
record FileStart(long length, String digest) {
  /** So many bytes are read; photos and films that differ at all do so before. */
  static final int MOST = 1 << 20;

  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * That of a file.
   *
   * @param there bytes of it that are there from the start on
   */
  static FileStart of(PartialFile file, long there) throws IOException {
    long length = Math.min(there, MOST);
    try (SeekableByteChannel bytes = file.open()) {
      return new FileStart(length, HexFormat.of().formatHex(digest(bytes, length)));
    }
  }

  private static byte[] digest(SeekableByteChannel bytes, long length) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (long left = length; left > 0; left -= buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      while (buffer.hasRemaining()) {
        if (bytes.read(buffer) < 0) {
          throw new EOFException("The file of an upload was truncated");
        }
      }
      digest.update(buffer.flip());
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether a file of which as many bytes are there begins so. */
  boolean isOf(PartialFile file) throws IOException {
    return equals(of(file, length));
  }

  /** As {@link #parse} reads it. */
  String text() {
    return length + ":" + digest;
  }

  static FileStart parse(String text) {
    int end = text.indexOf(':');
    return new FileStart(Long.parseLong(text.substring(0, end)), text.substring(end + 1));
  }
}
