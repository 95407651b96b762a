package slipway.media.program;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first of what a program prints for people, and discards the rest. */
final class FirstWords extends OutputStream {
  private static final int MOST_BYTES = 4_000;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, MOST_BYTES - kept.size()));
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8).strip();
  }
}
