package slipway.media.pictures;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageReader;

/** The bound of one decoding: once its time is over, whatever it reads from fails. */
final class Bound {
  private volatile boolean isOver;
  private volatile ImageReader reader;

  /** Has the reader told when the time is over. */
  void tell(ImageReader one) throws IOException {
    reader = one;
    check();
  }

  /** The reader is disposed of. */
  void tellNobody() {
    reader = null;
  }

  /** Ends it. */
  void end() {
    isOver = true;
    ImageReader one = reader;
    if (one != null) {
      one.abort();
    }
  }

  /** Fails once the time is over. */
  void check() throws IOException {
    if (isOver) {
      throw new InterruptedIOException("The time to decode the picture is over");
    }
  }

  /** Reads a file, with a buffer, as long as there is time. */
  InputStream open(Path file) throws IOException {
    return new BufferedInputStream(new BoundStream(Files.newInputStream(file)));
  }

  private final class BoundStream extends FilterInputStream {
    BoundStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      check();
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      check();
      return super.read(buffer, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
      check();
      return super.skip(count);
    }
  }
}
