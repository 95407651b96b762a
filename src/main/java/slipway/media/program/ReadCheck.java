package slipway.media.program;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Whether a file can be read here and now. For a missing or failing disk, and for a file that may
 * not be opened, a program prints the same as for a broken file.
 */
final class ReadCheck {
  private static final int PIECE_BYTES = 256 * 1024;

  private ReadCheck() {}

  /** Fails where the file cannot be opened, or its first byte not be read. */
  static void begin(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ)) {
      channel.read(ByteBuffer.allocate(1));
    }
  }

  /** Fails where a part of the file cannot be read, as far as it gets in that time. */
  static void all(Path file, Duration most) throws IOException {
    long start = System.nanoTime();
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      while (channel.read(piece) >= 0 && System.nanoTime() - start < most.toNanos()) {
        piece.clear();
      }
    }
  }
}
