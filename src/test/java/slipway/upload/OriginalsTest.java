package slipway.upload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import slipway.media.Media;
import slipway.media.MediaAwayException;
import slipway.net.FilePart;

class OriginalsTest {
  /** A file of a store that is away by now. */
  private static final class AwayMedia implements Media {
    @Override
    public long size() {
      return 10;
    }

    @Override
    public Instant modified() {
      return Instant.EPOCH;
    }

    @Override
    public void copy(long first, long length, OutputStream out) throws IOException {
      throw new MediaAwayException("away");
    }

    @Override
    public InputStream stream(long first, long length) throws IOException {
      throw new MediaAwayException("away");
    }

    @Override
    public Optional<FilePart> part(long first, long length) {
      return Optional.empty();
    }

    @Override
    public byte[] head(int most) throws IOException {
      throw new MediaAwayException("away");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** Else its client would be told that it sends another file, for ever. */
  @Test
  void doesNotTakeAFileThatCannotBeReadForAnother() throws IOException {
    try (Originals originals = new Originals()) {
      originals.add(null, new AwayMedia());
      assertThatThrownBy(() -> originals.write(ByteBuffer.allocate(4)))
          .isInstanceOf(MediaAwayException.class);
    }
  }
}
