package slipway.multipart;

import java.io.InputStream;
import java.util.function.IntSupplier;

/** Bytes that arrive in pieces: each read yields at most as many as {@code sizes} says next. */
final class SplitStream extends InputStream {
  private final byte[] bytes;
  private final IntSupplier sizes;
  private int position;

  SplitStream(byte[] bytes, IntSupplier sizes) {
    this.bytes = bytes;
    this.sizes = sizes;
  }

  @Override
  public int read() {
    return position == bytes.length ? -1 : bytes[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (position == bytes.length) {
      return -1;
    }
    int wanted = Math.max(1, sizes.getAsInt());
    int count = Math.min(Math.min(length, wanted), bytes.length - position);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }
}
