package slipway.media.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import slipway.media.Media;
import slipway.net.FilePart;

/** A file that is only in memory. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
public record MemoryMedia(byte[] bytes, Instant modified) implements Media {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void copy(long first, long length, OutputStream out) throws IOException {
    if (length > bytes.length - first) {
      throw new IOException("The range ends beyond the file");
    }
    out.write(bytes, (int) first, (int) length);
  }

  @Override
  public InputStream stream(long first, long length) {
    return new ByteArrayInputStream(bytes, (int) first, (int) length);
  }

  @Override
  public Optional<FilePart> part(long first, long length) {
    return Optional.empty();
  }

  @Override
  public byte[] head(int most) {
    return Arrays.copyOf(bytes, Math.min(most, bytes.length));
  }

  @Override
  public void close() {
    // There is nothing to give back.
  }
}
